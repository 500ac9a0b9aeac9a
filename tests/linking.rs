//! Who is who across documents, and a person's decisions about it.

use proptest::prelude::*;
use tupu::annotation::{Annotation, EntityType};
use tupu::decision::{Act, Decision, EntityReference};
use tupu::link::propose::{Likeness, proposals};
use tupu::link::{Identifier, Identity, Key, Linking, fact_reference};
use tupu::rdf::{self, Iris};
use tupu::schema::Schema;
use tupu::store::Store;

/// A document: its id, text, entities (type, name, and further words that mention it), and facts (type, and by role the
/// name of the entity, or after `=` a text).
fn document(id: &str, text: &str, entities: &[(&str, &[&str])], facts: &[(&str, &[(&str, &str)])]) -> Annotation {
    let find = |words: &str| {
        let mentions = text.match_indices(words).map(|(byte, _)| text[..byte].chars().count());
        let length = words.chars().count();
        mentions.map(|start| serde_json::json!({"start": start, "end": start + length})).collect::<Vec<_>>()
    };
    let name_of = |at: usize| entities[at].1[0];
    let entity = |at: usize| {
        let (kind, names) = entities[at];
        let mentions: Vec<_> = names.iter().flat_map(|name| at_free(&find, names, name)).collect();
        serde_json::json!({"id": format!("e{at}"), "type": kind, "name": name_of(at), "mentions": mentions})
    };
    let filler = |(role, filled): &(&str, &str)| match filled.strip_prefix('=') {
        Some(words) => serde_json::json!({"role": role, "value": words}),
        None => {
            let at = (0..entities.len()).find(|at| name_of(*at) == *filled).unwrap();
            serde_json::json!({"role": role, "entity": format!("e{at}")})
        }
    };
    let fact = |(at, (kind, fillers)): (usize, &(&str, &[(&str, &str)]))| {
        let fillers: Vec<_> = fillers.iter().map(filler).collect();
        let end = text.chars().count();
        serde_json::json!({"id": format!("f{at}"), "type": kind, "evidence": {"start": 0, "end": end}, "roles": fillers})
    };
    let entities: Vec<_> = (0..entities.len()).map(entity).collect();
    let facts: Vec<_> = facts.iter().enumerate().map(fact).collect();
    let json = serde_json::json!({"id": id, "text": text, "entities": entities, "facts": facts});
    Annotation::from_json(&json.to_string()).unwrap()
}

/// Where `name` stands by itself, not within a longer name of the same entity.
fn at_free(find: &dyn Fn(&str) -> Vec<serde_json::Value>, names: &[&str], name: &str) -> Vec<serde_json::Value> {
    let longer: Vec<_> = names.iter().filter(|other| other.len() > name.len()).flat_map(|other| find(other)).collect();
    let inside = |span: &serde_json::Value| {
        longer
            .iter()
            .any(|l| l["start"].as_u64() <= span["start"].as_u64() && span["end"].as_u64() <= l["end"].as_u64())
    };
    find(name).into_iter().filter(|span| !inside(span)).collect()
}

fn link(annotations: &[Annotation]) -> Linking {
    Linking::new(annotations, &[], &[])
}

/// The identities of one name that some document gives.
fn called<'a>(linking: &'a Linking, name: &str) -> Vec<&'a Identity> {
    let members = linking.all_members().filter(|(_, member)| member.names.contains(name));
    let mut at: Vec<usize> = members.map(|(_, member)| member.identity).collect();
    at.sort_unstable();
    at.dedup();
    at.into_iter().map(|at| &linking.identities[at]).collect()
}

fn one<'a>(linking: &'a Linking, name: &str) -> &'a Identity {
    let [identity] = called(linking, name)[..] else { panic!("{name}: {:?}", called(linking, name)) };
    identity
}

fn defining() -> Annotation {
    let text = "砺川江电科技股份有限公司（以下简称“砺川江电”）今日上市。";
    document("a", text, &[("Organization", &["砺川江电科技股份有限公司", "砺川江电"])], &[])
}

fn using(id: &str) -> Annotation {
    document(id, "砺川江电发布公告。", &[("Organization", &["砺川江电"])], &[])
}

#[test]
fn a_short_name_that_one_document_defines_is_known_in_the_others() {
    let linking = link(&[defining(), using("b")]);
    let firm = one(&linking, "砺川江电");
    assert_eq!(firm.name, "砺川江电科技股份有限公司");
    assert_eq!(firm.documents.iter().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(firm.aliases.len(), 1, "and why is told");
    // Without the definition nothing tells.
    let linking = link(&[
        document("a", "砺川江电科技股份有限公司今日上市。", &[("Organization", &["砺川江电科技股份有限公司"])], &[]),
        using("b"),
    ]);
    assert_eq!(one(&linking, "砺川江电").documents.len(), 1);
    let proposed = proposals(&linking);
    assert_eq!(proposed.len(), 1);
    assert_eq!(proposed[0].likeness, Likeness::ShortName);
}

#[test]
fn a_definition_is_read_in_traditional_characters_too() {
    let text = "礪川江電科技股份有限公司（以下簡稱「礪川江電」）今日上市。";
    let defining = document("a", text, &[("Organization", &["礪川江電科技股份有限公司", "礪川江電"])], &[]);
    assert_eq!(one(&link(&[defining, using("b")]), "砺川江电").documents.len(), 2);
}

#[test]
fn a_common_name_stays_in_its_document_whatever_its_short_name() {
    let text = "疫情防控工作办公室（以下简称“防控办公室”）成立。";
    let read = |id: &str| document(id, text, &[("Organization", &["疫情防控工作办公室", "防控办公室"])], &[]);
    assert_eq!(called(&link(&[read("a"), read("b")]), "疫情防控工作办公室").len(), 2);
}

#[test]
fn a_short_name_of_two_is_joined_to_neither() {
    let other = document(
        "c",
        "砺川江电设备有限公司（以下简称“砺川江电”）开业。",
        &[("Organization", &["砺川江电设备有限公司", "砺川江电"])],
        &[],
    );
    let linking = link(&[defining(), using("b"), other]);
    let names: Vec<&str> = called(&linking, "砺川江电").iter().map(|identity| identity.name.as_str()).collect();
    assert_eq!(names, ["砺川江电", "砺川江电科技股份有限公司", "砺川江电设备有限公司"]);
    let proposed = proposals(&linking);
    assert_eq!(
        proposed.iter().map(|p| p.likeness).collect::<Vec<_>>(),
        [Likeness::ShortName, Likeness::Ambiguous],
        "both are proposed"
    );
}

#[test]
fn a_list_of_organisations_tells_too() {
    let of = |id: &str, name: &str| document(id, &format!("{name}发布通知。"), &[("Organization", &[name])], &[]);
    let linking = link(&[of("a", "国家卫健委"), of("b", "国家卫生健康委员会")]);
    assert_eq!(one(&linking, "国家卫健委").documents.len(), 2);
    assert_eq!(one(&linking, "国家卫健委").name, "国家卫生健康委员会");
}

fn person(id: &str, post: &str, body: &str) -> Annotation {
    let text = format!("{body}{post}李震到会。");
    document(
        id,
        &text,
        &[("Organization", &[body]), ("Person", &["李震"])],
        &[("Position", &[("person", "李震"), ("organization", body), ("title", &format!("={post}"))])],
    )
}

#[test]
fn persons_of_one_name_are_one_where_an_organisation_agrees() {
    let alone = document("d", "李震到会。", &[("Person", &["李震"])], &[]);
    let linking = link(&[
        person("a", "局长", "云汀市地震局"),
        person("b", "书记", "云汀市地震局"),
        person("c", "教授", "海州大学"),
        alone,
    ]);
    let mut documents: Vec<Vec<&str>> =
        called(&linking, "李震").iter().map(|p| p.documents.iter().map(String::as_str).collect()).collect();
    documents.sort();
    assert_eq!(documents, [vec!["a", "b"], vec!["c"], vec!["d"]]);
    // The others are proposed, and why the two are one is told.
    assert_eq!(proposals(&linking).len(), 2);
    let joined = called(&linking, "李震").into_iter().find(|p| p.documents.len() == 2).unwrap();
    let body = Key::Name { kind: EntityType::Organization, name: "云汀市地震局".into() };
    assert_eq!(joined.agreements.iter().map(|a| &a.body).collect::<Vec<_>>(), [&body]);
}

#[test]
fn a_part_with_a_common_name_is_known_by_its_whole() {
    let named = "云汀市地震局机关党委捐款。";
    let stated = "云汀市地震局下属机关党委捐款。";
    let linking = link(&[
        document("a", named, &[("Organization", &["云汀市地震局机关党委"])], &[]),
        document(
            "b",
            stated,
            &[("Organization", &["云汀市地震局"]), ("Organization", &["机关党委"])],
            &[("PartOf", &[("part", "机关党委"), ("whole", "云汀市地震局")])],
        ),
        document("c", "机关党委捐款。", &[("Organization", &["机关党委"])], &[]),
    ]);
    let part = one(&linking, "云汀市地震局机关党委");
    assert_eq!(part.documents.iter().collect::<Vec<_>>(), ["a", "b"]);
    let whole = part.unit_of.map(|at| linking.identities[at].name.as_str());
    assert_eq!(whole, Some("云汀市地震局"), "and it is a unit of it");
}

#[test]
fn a_place_is_what_its_document_tells_or_is_proposed() {
    let of = |id: &str, text: &str, names: &[&str]| {
        let entities: Vec<(&str, &[&str])> = names.iter().map(|name| ("Place", std::slice::from_ref(name))).collect();
        document(id, text, &entities, &[])
    };
    let linking = link(&[
        of("a", "南京市鼓楼区召开会议。", &["南京市鼓楼区"]),
        of("b", "鼓楼区召开会议，南京举行展览。", &["鼓楼区", "南京"]),
        of("c", "徐州市鼓楼区召开会议。", &["徐州市鼓楼区"]),
        of("d", "鼓楼区召开会议。", &["鼓楼区"]),
    ]);
    let mut documents: Vec<Vec<&str>> = linking
        .identities
        .iter()
        .filter(|identity| identity.name == "鼓楼区")
        .map(|identity| identity.documents.iter().map(String::as_str).collect())
        .collect();
    documents.sort();
    assert_eq!(documents, [vec!["a", "b"], vec!["c"], vec!["d"]]);
    let proposed = proposals(&linking);
    assert_eq!(proposed.iter().map(|p| p.likeness).collect::<Vec<_>>(), [Likeness::Ambiguous; 2]);
}

#[test]
fn goods_fall_under_their_heads() {
    let text = "捐赠医疗防护口罩和口罩。";
    let linking = link(&[document("a", text, &[("Product", &["医疗防护口罩"]), ("Product", &["口罩"])], &[])]);
    let under = |name: &str| -> Vec<&str> {
        one(&linking, name).under.iter().map(|at| linking.identities[*at].name.as_str()).collect()
    };
    assert_eq!(under("医疗防护口罩").last(), Some(&"口罩"));
    assert_eq!(under("口罩"), [""; 0]);
}

fn decide(act: Act) -> Decision {
    Decision::new(act, "年报", "2026-11-27").unwrap()
}

fn organization(name: &str) -> EntityReference {
    EntityReference { kind: EntityType::Organization, name: name.into(), document: None, quote: None }
}

fn of(kind: EntityType, name: &str, document: &str) -> EntityReference {
    EntityReference { kind, name: name.into(), document: Some(document.into()), quote: None }
}

/// Two firms that nothing joins, and one person in three documents.
fn corpus() -> Vec<Annotation> {
    let firm = document("f1", "砺川江电设备有限公司开业。", &[("Organization", &["砺川江电设备有限公司"])], &[]);
    vec![
        firm,
        using("f2"),
        person("p1", "局长", "云汀市地震局"),
        person("p2", "书记", "云汀市地震局"),
        document("p3", "李震到会。", &[("Person", &["李震"])], &[]),
    ]
}

fn decided(annotations: &[Annotation], acts: &[Act]) -> Linking {
    let decisions: Vec<Decision> = acts.iter().cloned().map(decide).collect();
    Linking::new(annotations, &decisions, &[])
}

#[test]
fn a_person_joins_renames_retypes_and_parts() {
    use Act::{Merge, Rename, Retype, Split};
    let firms = vec![organization("砺川江电设备有限公司"), organization("砺川江电")];
    let linking = decided(&corpus(), &[Merge { entities: firms }]);
    assert_eq!(one(&linking, "砺川江电").documents.len(), 2);
    assert_eq!(linking.unapplied, []);
    let linking = decided(&corpus(), &[Rename { entity: organization("砺川江电"), to: "砺川江电集团".into() }]);
    assert_eq!(one(&linking, "砺川江电").name, "砺川江电集团");
    let linking = decided(&corpus(), &[Retype { entity: organization("砺川江电"), to: EntityType::Product }]);
    assert_eq!(one(&linking, "砺川江电").key, Key::Name { kind: EntityType::Product, name: "砺川江电".into() });
    let entity = of(EntityType::Person, "李震", "p1");
    let linking = decided(&corpus(), &[Split { entity, names: vec![], documents: vec!["p2".into()] }]);
    assert_eq!(called(&linking, "李震").len(), 3);
    assert_eq!(linking.unapplied, []);
    assert_eq!(
        proposals(&linking).len(),
        1,
        "what a person has parted is not proposed again: {:?}",
        proposals(&linking)
    );
    // Everyone of a name.
    let all = EntityReference { kind: EntityType::Person, name: "李震".into(), document: None, quote: None };
    assert_eq!(one(&decided(&corpus(), &[Merge { entities: vec![all] }]), "李震").documents.len(), 3);
}

#[test]
fn a_name_can_be_parted_from_an_entity_within_its_document() {
    let text = "砺川江电科技股份有限公司（简称“砺川江电”）上市。砺川江电捐赠口罩。";
    let read = document(
        "a",
        text,
        &[("Organization", &["砺川江电科技股份有限公司", "砺川江电"]), ("Product", &["口罩"])],
        &[],
    );
    let entity = organization("砺川江电科技股份有限公司");
    let linking = decided(&[read], &[Act::Split { entity, names: vec!["砺川江电".into()], documents: vec![] }]);
    assert_eq!(one(&linking, "砺川江电").name, "砺川江电");
    assert_eq!(one(&linking, "砺川江电科技股份有限公司").name, "砺川江电科技股份有限公司");
    let mentions: Vec<usize> = linking.members("a").iter().map(|member| member.mentions.len()).collect();
    assert_eq!(mentions, [1, 1, 2], "each mention is one's");
}

#[test]
fn two_that_a_person_tells_apart_stay_apart_whatever_is_found() {
    let apart = Act::Distinguish {
        entities: [organization("砺川江电科技股份有限公司"), organization("砺川江电")]
    };
    let linking = decided(&[defining(), using("b")], &[apart.clone()]);
    assert_eq!(one(&linking, "砺川江电").documents.len(), 2, "the short name is another firm's, here and there");
    assert_eq!(proposals(&linking), []);
    // Who says both contradicts themselves, and is told.
    let both = vec![organization("砺川江电科技股份有限公司"), organization("砺川江电")];
    let linking = decided(&[defining(), using("b")], &[apart, Act::Merge { entities: both }]);
    assert_eq!(linking.unapplied.len(), 1);
    assert!(linking.unapplied[0].why.contains("two"), "{:?}", linking.unapplied);
}

#[test]
fn a_decision_finds_its_object_when_another_engine_reads_more_or_is_reported() {
    let act = Act::Rename { entity: organization("砺川江电"), to: "砺川".into() };
    // The new engine knows the fuller name.
    let fuller = document(
        "f2",
        "砺川江电科技股份有限公司（下称砺川江电）发布公告。",
        &[("Organization", &["砺川江电科技股份有限公司", "砺川江电"])],
        &[],
    );
    let linking = decided(&[fuller], &[act.clone()]);
    assert_eq!((one(&linking, "砺川江电").name.as_str(), linking.unapplied.len()), ("砺川", 0));
    // It no longer finds the name.
    let linking = decided(&corpus()[..1], &[act]);
    assert_eq!(linking.unapplied.len(), 1);
    assert!(linking.unapplied[0].why.contains("砺川江电"), "{:?}", linking.unapplied);
}

#[test]
fn a_fact_is_found_again_by_what_it_says() {
    let gift = |text: &str, donor: &str| {
        let fillers: &[(&str, &str)] = &[("donor", donor), ("item", "口罩")];
        document("g", text, &[("Organization", &[donor]), ("Product", &["口罩"])], &[("Donation", fillers)])
    };
    let read = gift("海州银行捐赠口罩。", "海州银行");
    let id = read.fact_ids()[0].clone();
    let reject = Act::Reject { fact: fact_reference(&read, &read.facts[0], &id) };
    let iris = Iris::default();
    let donations = |annotation: Annotation| {
        let linking = decided(std::slice::from_ref(&annotation), std::slice::from_ref(&reject));
        let store = Store::in_memory().unwrap();
        store.load(rdf::stated(&[annotation], &linking, &Schema::embedded().unwrap(), &iris)).unwrap();
        let rows = store.select("SELECT ?f { ?f a <https://w3id.org/tupu/ontology#Donation> }", &[]).unwrap();
        (rows.len(), linking.unapplied.len())
    };
    assert_eq!(donations(read.clone()), (0, 0));
    // Another trigger gives another id: the same fact all the same.
    let mut retold = read.clone();
    retold.facts[0].trigger = Some(tupu::span::CharSpan { start: 4, end: 6 });
    assert_ne!(retold.fact_ids()[0], id);
    assert_eq!(donations(retold), (0, 0));
    // Another donor is another fact: it stands, and the decision is told to have found nothing.
    assert_eq!(donations(gift("海州银行江北支行捐赠口罩。", "海州银行江北支行")), (1, 1));
}

#[test]
fn an_accepted_fact_is_certain_and_says_who_says_so() {
    let read = person("a", "局长", "云汀市地震局");
    let accept = Act::Accept { fact: fact_reference(&read, &read.facts[0], &read.fact_ids()[0]) };
    let linking = decided(std::slice::from_ref(&read), &[accept]);
    let quads: Vec<String> = rdf::quads(&read, &linking, &Schema::embedded().unwrap(), &Iris::default())
        .iter()
        .map(ToString::to_string)
        .filter(|quad| quad.contains("#by>") || quad.contains("#confidence>"))
        .collect();
    assert!(quads.iter().any(|quad| quad.contains("\"decision:")), "{quads:?}");
    assert!(quads.iter().any(|quad| quad.contains("#confidence> \"1\"")), "{quads:?}");
}

#[test]
fn a_table_of_identifiers_fits_one_entity_or_is_told() {
    let table = "name,type,iri\n砺川江电,Organization,http://www.wikidata.org/entity/Q1\n李震,Person,http://www.wikidata.org/entity/Q2\n无名,Place,https://ror.org/3\n";
    let linking = Linking::new(&corpus(), &[], &Identifier::read(table).unwrap());
    assert_eq!(one(&linking, "砺川江电").same_as.iter().collect::<Vec<_>>(), ["http://www.wikidata.org/entity/Q1"]);
    let misplaced: Vec<usize> = linking.misplaced.iter().map(|row| row.entities).collect();
    assert_eq!(misplaced, [0, 2]);
    for (wrong, told) in [
        ("name,iri\n", "type"),
        ("name,type,iri\n甲,Firm,https://ror.org/1\n", "line 2"),
        ("name,type,iri\n甲,Place,Q1\n", "no absolute IRI"),
    ] {
        let error = Identifier::read(wrong).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}

/// The graph as sorted lines.
fn graph(annotations: &[Annotation], decisions: &[Decision]) -> Vec<String> {
    let (iris, schema) = (Iris::default(), Schema::embedded().unwrap());
    let linking = Linking::new(annotations, decisions, &[]);
    let reasons = rdf::identity::reasons(&linking, annotations, decisions, &iris);
    let quads = rdf::stated(annotations, &linking, &schema, &iris).chain(reasons);
    let mut lines: Vec<String> = quads.map(|quad| quad.to_string()).collect();
    lines.sort();
    lines.dedup();
    lines
}

/// Decisions of all kinds that do not depend on one another.
fn independent(corpus: &[Annotation]) -> Vec<Decision> {
    let fact = fact_reference(&corpus[2], &corpus[2].facts[0], &corpus[2].fact_ids()[0]);
    let split = of(EntityType::Person, "李震", "p1");
    let acts = [
        Act::Merge { entities: vec![organization("砺川江电设备有限公司"), organization("砺川江电")] },
        Act::Split { entity: split, names: vec![], documents: vec!["p2".into()] },
        Act::Distinguish { entities: [of(EntityType::Person, "李震", "p1"), of(EntityType::Person, "李震", "p3")] },
        Act::Rename { entity: organization("云汀市地震局"), to: "云汀地震局".into() },
        Act::Retype { entity: organization("临江广场"), to: EntityType::Place },
        Act::Merge { entities: vec![organization("砺川江电"), organization("云汀市地震局")] },
        Act::Accept { fact },
    ];
    acts.into_iter().map(decide).collect()
}

fn larger() -> Vec<Annotation> {
    let mut corpus = corpus();
    corpus.push(defining());
    corpus.push(document("s", "临江广场开放。", &[("Organization", &["临江广场"])], &[]));
    corpus
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_documents_and_decisions_changes_nothing(
        documents in Just(larger()).prop_shuffle(),
        decisions in Just(independent(&larger())).prop_shuffle(),
        some in 0..=7_usize,
    ) {
        let subset: Vec<Decision> = independent(&larger()).into_iter().filter(|d| decisions[..some].contains(d)).collect();
        prop_assert_eq!(graph(&documents, &decisions[..some]), graph(&larger(), &subset));
    }
}
