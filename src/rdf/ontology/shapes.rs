//! The shapes that frames give: which roles a fact of a type has, what fills them, and which edges it draws.

use super::terms::{accepted, edges, roles};
use crate::annotation::EntityType;
use crate::schema::{Edge, Fills, Frame, Role, Schema, ValueKind};

/// What a fact of any type may have besides its roles.
const OF_ANY_FACT: &str = "rdf:type rdfs:label prov:wasDerivedFrom tupu:by tupu:confidence tupu:from tupu:involves \
                           tupu:modality tupu:polarity tupu:quantity tupu:time tupu:to";

/// The shapes of these frames as Turtle. Their names are English words ([`Frame::parse`]), so they need no escaping.
pub(super) fn of(schema: &Schema) -> String {
    let mut text = of_all(schema);
    for (name, uses) in roles(schema) {
        text += &role(name, &uses);
    }
    for frame in schema.frames() {
        text += &fact_type(frame);
    }
    for (property, uses) in edges(schema) {
        text += &edge(property, &uses);
    }
    text
}

/// What takes all frames together: the types that there are, the roles of any of them, the edges that entities have.
fn of_all(schema: &Schema) -> String {
    let roles = roles(schema);
    let of_kind = |wanted: fn(&Fills) -> bool| -> Vec<String> {
        let holds = |uses: &[(&Frame, &Role)]| uses.iter().any(|(_, role)| wanted(&role.fills));
        roles.iter().filter(|(_, uses)| holds(uses)).map(|(name, _)| format!("tupu:{name}")).collect()
    };
    let entities = of_kind(|fills| matches!(fills, Fills::Entity { .. }));
    let money = of_kind(|fills| *fills == Fills::Value(ValueKind::Money));
    let numbers = of_kind(|fills| matches!(fills, Fills::Value(ValueKind::Money | ValueKind::Count)));
    let all: Vec<String> = roles.keys().map(|name| format!("tupu:{name}")).collect();
    let types: Vec<String> = schema.frames().map(|frame| format!("tupu:{}", frame.name)).collect();
    let drawn: Vec<String> = edges(schema).keys().map(|property| format!("tupu:{property}")).collect();
    let kinds = EntityType::ALL.map(|kind| format!("tupu:{kind}"));
    let inverse: String = numbers.iter().map(|role| format!(" [ sh:inversePath {role} ]")).collect();
    let mut text = format!(
        r#"# All fact types together

shape:Fact sh:property shape:Fact-kind , shape:Fact-entities , shape:Fact-fillers .

shape:Fact-kind a sh:PropertyShape ;
    sh:path rdf:type ;
    sh:in ( tupu:Fact {types} ) ;
    sh:message "The types of a fact are tupu:Fact and one fact type that a frame describes."@en .

shape:Fact-entities a sh:PropertyShape ;
    sh:path [ sh:alternativePath ( {entities} ) ] ;
    sh:equals tupu:involves ;
    sh:message "A fact involves the entities that fill its roles, and no others; a filler is an entity."@en .

shape:Fact-fillers a sh:PropertyShape ;
    sh:path [ sh:alternativePath ( {all} tupu:time ) ] ;
    sh:minCount 2 ;
    sh:message "A fact has two fillers or more, values and the time among them."@en .

shape:EntityTerms a sh:NodeShape ;
    sh:targetClass {kinds} ;
    sh:closed true ;
    sh:ignoredProperties (
        rdf:type rdfs:label skos:altLabel skos:broader schema:containedInPlace schema:sameAs org:unitOf tupu:code tupu:name
        tupu:under {drawn} ) ;
    sh:message "An entity has a type, names, what it falls under, and the direct edges that frames draw."@en .

shape:Number a sh:NodeShape ;
    sh:targetSubjectsOf qudt:numericValue ;
    sh:property shape:Number-fact .

shape:Number-fact a sh:PropertyShape ;
    sh:path [ sh:alternativePath ( [ sh:inversePath tupu:quantity ]{inverse} ) ] ;
    sh:minCount 1 ;
    sh:maxCount 1 ;
    sh:message "A number belongs to one fact."@en .

"#,
        types = types.join(" "),
        entities = entities.join(" "),
        all = all.join(" "),
        kinds = kinds.join(" , "),
        drawn = drawn.join(" "),
    );
    if !numbers.is_empty() {
        text += &format!("shape:Quantity sh:targetObjectsOf {} .\n\n", numbers.join(" , "));
    }
    if !money.is_empty() {
        text += &format!("shape:Money sh:targetObjectsOf {} .\n\n", money.join(" , "));
    }
    text
}

/// What fills a role: words for a role of words; for an entity the types that frames accept, as a warning, since a
/// text may well say what is unusual.
fn role(name: &str, uses: &[(&Frame, &Role)]) -> String {
    let head = format!("shape:role-{name} a sh:PropertyShape ;\n    sh:path tupu:{name}");
    match uses.first().map(|(_, role)| &role.fills) {
        Some(Fills::Value(ValueKind::Text | ValueKind::Title)) => {
            format!("{head} ;\n    sh:datatype xsd:string ;\n    sh:message \"The role {name} holds words.\"@en .\n\n")
        }
        Some(Fills::Entity { .. }) => {
            let (usually, sometimes) = accepted(uses.iter().map(|(_, role)| *role));
            let kinds: Vec<&str> = usually.iter().chain(&sometimes).map(|kind| kind.name()).collect();
            let classes: String = kinds.iter().map(|kind| format!(" [ sh:class tupu:{kind} ]")).collect();
            format!(
                "{head} ;\n    sh:or ({classes} ) ;\n    sh:severity sh:Warning ;\n    \
                 sh:message \"The role {name} is filled by {}.\"@en .\n\n",
                kinds.join(", ")
            )
        }
        // Sums and counts are nodes; shape:Quantity says what these have.
        _ => format!("{head} .\n\n"),
    }
}

/// Which roles a fact of the type has, and that it draws its edges.
fn fact_type(frame: &Frame) -> String {
    let stands = |(name, role): &(&String, &Role)| {
        (role.fills != Fills::Value(ValueKind::Time)).then(|| format!("shape:role-{name}"))
    };
    let roles: Vec<String> = frame.roles.iter().filter_map(|role| stands(&role)).collect();
    let mut text = format!(
        "shape:type-{name} a sh:NodeShape ;\n    sh:targetClass tupu:{name} ;\n    sh:property {} ;\n    \
         sh:closed true ;\n    sh:ignoredProperties ( {OF_ANY_FACT} ) ;\n    \
         sh:message \"A fact of type {name} has the roles that its frame names, and no others.\"@en",
        roles.join(" , "),
        name = frame.name,
    );
    text += " .\n\n";
    for edge in &frame.edges {
        text += &draws(frame, edge);
    }
    text
}

/// That a fact which is stated as done draws the edge.
fn draws(frame: &Frame, Edge { from, to, property, .. }: &Edge) -> String {
    let name = &frame.name;
    once(
        &format!("draws-{name}-{property}"),
        name,
        &format!("A fact of type {name} that is stated as done draws {property} from {from} to {to}."),
        &format!(
            "?value a $this ; tupu:polarity \"positive\" ; tupu:modality \"actual\" ; tupu:{from} ?from ; tupu:{to} ?to .
            FILTER (?from != ?to)
            FILTER NOT EXISTS {{ ?from tupu:{property} ?to }}"
        ),
    )
}

/// That an edge rests on a fact which is stated as done.
fn edge(property: &str, uses: &[(&Frame, &Edge)]) -> String {
    let rests = uses.iter().map(|(Frame { name, .. }, Edge { from, to, .. })| {
        format!(
            "
            FILTER NOT EXISTS {{
                ?fact a tupu:{name} ; tupu:polarity \"positive\" ; tupu:modality \"actual\" ;
                    tupu:{from} ?value ; tupu:{to} ?to
            }}"
        )
    });
    once(
        &format!("rests-{property}"),
        property,
        &format!("The edge {property} rests on a fact that is stated as done."),
        &format!("?value $this ?to{}", rests.collect::<String>()),
    )
}

/// A constraint that is asked once of the whole graph: `$this` is the term, `?value` whatever breaks it.
fn once(name: &str, term: &str, message: &str, pattern: &str) -> String {
    format!(
        "shape:{name} a sh:NodeShape ;
    sh:targetNode tupu:{term} ;
    sh:sparql shape:{name}-query .

shape:{name}-query a sh:SPARQLConstraint ;
    sh:prefixes <https://w3id.org/tupu/shapes> ;
    sh:message \"{message}\"@en ;
    sh:select \"\"\"
        SELECT $this ?value WHERE {{
            {pattern}
        }}
    \"\"\" .

"
    )
}
