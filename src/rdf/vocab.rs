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

            /// All of them.
            pub const TERMS: &[NamedNodeRef<'static>] = &[$($name),*];
        }
    };
}

namespace! {
    /// What the graph has whatever the fact types; those, their roles and direct edges come from the frames ([`term`]).
    tupu = "https://w3id.org/tupu/ontology#" {
        ALIAS = "Alias"
        ALIAS_OF = "aliasOf"
        BOUND = "bound"
        BY = "by"
        CODE = "code"
        CONFIDENCE = "confidence"
        CURRENCY = "currency"
        DECIDES = "decides"
        DECISION = "Decision"
        EDGE_CLASS = "Edge"
        ELIDED = "elided"
        FACT = "Fact"
        FILLER = "filler"
        FROM = "from"
        INVOLVES = "involves"
        KNOWN_BY = "knownBy"
        LACKS = "lacks"
        MAY_STATE = "mayState"
        MODALITY = "modality"
        NAME = "name"
        OF = "of"
        POLARITY = "polarity"
        QUANTITY = "quantity"
        REPRINT = "Reprint"
        REPRINT_OF = "reprintOf"
        ROLE = "role"
        ROLE_CLASS = "Role"
        TIME = "time"
        TO = "to"
        UNDER = "under"
        UNIT = "unit"
        UNREAD_TRIGGER = "unreadTrigger"
    }
}

namespace! {
    /// schema.org.
    schema = "https://schema.org/" {
        ABOUT = "about"
        ADMINISTRATIVE_AREA = "AdministrativeArea"
        AUTHOR = "author"
        CONTAINED_IN_PLACE = "containedInPlace"
        DATE_CREATED = "dateCreated"
        DATE_PUBLISHED = "datePublished"
        DOMAIN_INCLUDES = "domainIncludes"
        HEADLINE = "headline"
        NEWS_ARTICLE = "NewsArticle"
        PUBLISHER = "publisher"
        RANGE_INCLUDES = "rangeIncludes"
        SAME_AS = "sameAs"
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
        BROADER = "broader"
        CLOSE_MATCH = "closeMatch"
        CONCEPT = "Concept"
    }
}

namespace! {
    /// W3C's Organization Ontology.
    org = "http://www.w3.org/ns/org#" {
        UNIT_OF = "unitOf"
    }
}

namespace! {
    /// RDF Schema.
    rdfs = "http://www.w3.org/2000/01/rdf-schema#" {
        COMMENT = "comment"
        LABEL = "label"
        SEE_ALSO = "seeAlso"
        SUB_CLASS_OF = "subClassOf"
        SUB_PROPERTY_OF = "subPropertyOf"
    }
}

namespace! {
    /// RDF.
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        REIFIES = "reifies"
        TYPE = "type"
    }
}

namespace! {
    /// OWL.
    owl = "http://www.w3.org/2002/07/owl#" {
        CLASS = "Class"
        DATATYPE_PROPERTY = "DatatypeProperty"
        OBJECT_PROPERTY = "ObjectProperty"
        SYMMETRIC_PROPERTY = "SymmetricProperty"
    }
}

namespace! {
    /// Nanopublications.
    np = "http://www.nanopub.org/nschema#" {
        HAS_ASSERTION = "hasAssertion"
        HAS_PROVENANCE = "hasProvenance"
        HAS_PUBLICATION_INFO = "hasPublicationInfo"
        NANOPUBLICATION = "Nanopublication"
    }
}

namespace! {
    /// QUDT.
    qudt = "http://qudt.org/schema/qudt/" {
        NUMERIC_VALUE = "numericValue"
        QUANTITY_VALUE = "QuantityValue"
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
        STRING = "string"
    }
}

/// The prefixes that queries may use undeclared and that Turtle is written with.
pub const PREFIXES: [(&str, &str); 12] = [
    ("itsrdf", itsrdf::NAMESPACE),
    ("nif", nif::NAMESPACE),
    ("org", org::NAMESPACE),
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

/// The prefixes that the ontology has besides [`PREFIXES`].
pub const ONTOLOGY_PREFIXES: [(&str, &str); 2] = [("dct", "http://purl.org/dc/terms/"), ("owl", owl::NAMESPACE)];

/// A fact type, entity type, role or direct edge of the `tupu:` namespace by its name.
#[must_use]
pub fn term(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{}", tupu::NAMESPACE, encode(name)))
}
