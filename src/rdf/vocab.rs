//! Every IRI that the program writes or asks for: a module a namespace, a constant a term.

use oxigraph::model::NamedNode;

use super::iri::encode;

macro_rules! namespace {
    ($(#[$doc:meta])* $prefix:ident = $iri:literal { $($name:ident = $local:literal)* }) => {
        $(#[$doc])*
        pub mod $prefix {
            use oxigraph::model::NamedNodeRef;

            /// The namespace itself.
            pub const NAMESPACE: &str = $iri;
            $(
                #[doc = concat!("`", stringify!($prefix), ":", $local, "`")]
                pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($iri, $local));
            )*
        }
    };
}

namespace! {
    /// Fact types, roles, direct edges.
    tupu = "https://w3id.org/tupu/ontology#" {
        AMOUNT = "amount"
        BOUND = "bound"
        BY = "by"
        CONFIDENCE = "confidence"
        CURRENCY = "currency"
        ELIDED = "elided"
        FACT = "Fact"
        FILLER = "filler"
        FROM = "from"
        INVOLVES = "involves"
        MAY_STATE = "mayState"
        MODALITY = "modality"
        NAME = "name"
        OF = "of"
        POLARITY = "polarity"
        QUANTITY = "quantity"
        ROLE = "role"
        TIME = "time"
        TO = "to"
        UNIT = "unit"
        UNREAD_TRIGGER = "unreadTrigger"
    }
}

namespace! {
    /// schema.org.
    schema = "https://schema.org/" {
        DATE_PUBLISHED = "datePublished"
        HEADLINE = "headline"
        NEWS_ARTICLE = "NewsArticle"
        URL = "url"
    }
}

namespace! {
    /// PROV-O.
    prov = "http://www.w3.org/ns/prov#" {
        HAD_PRIMARY_SOURCE = "hadPrimarySource"
        WAS_DERIVED_FROM = "wasDerivedFrom"
    }
}

namespace! {
    /// SKOS.
    skos = "http://www.w3.org/2004/02/skos/core#" {
        ALT_LABEL = "altLabel"
    }
}

namespace! {
    /// RDF Schema.
    rdfs = "http://www.w3.org/2000/01/rdf-schema#" {
        LABEL = "label"
    }
}

namespace! {
    /// RDF.
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        TYPE = "type"
    }
}

namespace! {
    /// QUDT.
    qudt = "http://qudt.org/schema/qudt/" {
        NUMERIC_VALUE = "numericValue"
    }
}

namespace! {
    /// NIF 2.0 core.
    nif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#" {
        ANCHOR_OF = "anchorOf"
        BEGIN_INDEX = "beginIndex"
        CONTEXT = "Context"
        END_INDEX = "endIndex"
        PHRASE = "Phrase"
        REFERENCE_CONTEXT = "referenceContext"
        SENTENCE = "Sentence"
    }
}

namespace! {
    /// Internationalization Tag Set 2.0 in RDF.
    itsrdf = "http://www.w3.org/2005/11/its/rdf#" {
        TA_IDENT_REF = "taIdentRef"
    }
}

namespace! {
    /// XML Schema datatypes.
    xsd = "http://www.w3.org/2001/XMLSchema#" {
        DATE = "date"
        DECIMAL = "decimal"
    }
}

/// The prefixes that queries may use undeclared and that Turtle is written with.
pub const PREFIXES: [(&str, &str); 12] = [
    ("itsrdf", itsrdf::NAMESPACE),
    ("nif", nif::NAMESPACE),
    ("org", "http://www.w3.org/ns/org#"),
    ("prov", prov::NAMESPACE),
    ("qudt", qudt::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("skos", skos::NAMESPACE),
    ("tupu", tupu::NAMESPACE),
    ("xsd", xsd::NAMESPACE),
];

/// A fact type, entity type, role or direct edge of the `tupu:` namespace by its name.
#[must_use]
pub fn term(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{}", tupu::NAMESPACE, encode(name)))
}
