//! Who is who across documents, and a person's decisions about it.

use proptest::prelude::*;
use tupu::annotation::{Annotation, EntityType};
use tupu::decision::{Act, Decision, EntityReference};
use tupu::export;
use tupu::link::propose::{Likeness, proposals};
use tupu::link::{Identifier, Identity, Key, Linking, fact_reference};
use tupu::rdf::{self, Iris};
use tupu::schema::Schema;
use tupu::store::Store;
use tupu::workspace::Workspace;

#[path = "common/parts.rs"]
mod parts;

/// A fact: its type, and by role what fills it.
type Stated<'a> = (&'a str, &'a [(&'a str, &'a str)]);

/// A document: its id, text, entities (type, name, and further words that mention it), and facts (type, and by role the
/// name of the entity, or after `=` a text).
fn document(id: &str, text: &str, entities: &[(&str, &[&str])], facts: &[Stated<'_>]) -> Annotation {
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
    let fact = |(at, (kind, fillers)): (usize, &Stated<'_>)| {
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
    // Each document by itself, with what all tell brought together, gives the same graph.
    let schema = Schema::embedded().unwrap();
    let alone: Vec<_> = annotations.iter().map(|annotation| vec![annotation.clone()]).collect();
    assert_eq!(parts::of_parts(&alone, &schema), parts::of_all(annotations, &schema));
    Linking::new(annotations, &[], &[])
}

/// The identities of one name that some document gives.
fn called<'a>(linking: &'a Linking, name: &str) -> Vec<&'a Identity> {
    let members = linking.all_members().filter(|(_, member)| member.names.iter().any(|called| called == name));
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
fn an_old_name_is_known_by_the_text_that_tells_of_the_new_one() {
    let text = "2018年，砺江省工商行政管理局正式更名为“砺江省市场监督管理局”。";
    let told = document(
        "a",
        text,
        &[("Organization", &["砺江省工商行政管理局"]), ("Organization", &["砺江省市场监督管理局"])],
        &[],
    );
    let old = document("b", "砺江省工商行政管理局发布公告。", &[("Organization", &["砺江省工商行政管理局"])], &[]);
    let linking = link(&[told, old]);
    assert_eq!(one(&linking, "砺江省工商行政管理局").name, "砺江省市场监督管理局");
    assert_eq!(one(&linking, "砺江省工商行政管理局").documents.len(), 2);
    // Two that a comma parts are two.
    let text = "砺江省水利局撤销，宣传栏更名为砺江省河湖局。";
    let two = document("a", text, &[("Organization", &["砺江省水利局"]), ("Organization", &["砺江省河湖局"])], &[]);
    assert_ne!(one(&link(std::slice::from_ref(&two)), "砺江省水利局").name, "砺江省河湖局");
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
    assert_eq!(under("医疗防护口罩"), ["防护口罩", "口罩"]);
    // A kind that no document mentions is of the wider kind as well, so that each leads to the next.
    let unnamed = linking.identities.iter().find(|identity| identity.name == "防护口罩").unwrap();
    assert_eq!((unnamed.documents.len(), unnamed.under.len()), (0, 1));
    assert_eq!(under("口罩"), [""; 0]);
}

fn decide(act: Act) -> Decision {
    Decision::new(act, "年报", "2026-11-27").unwrap()
}

fn organization(name: &str) -> EntityReference {
    EntityReference { kind: EntityType::Organization, name: name.into(), code: None, document: None, quote: None }
}

fn of(kind: EntityType, name: &str, document: &str) -> EntityReference {
    EntityReference { kind, name: name.into(), code: None, document: Some(document.into()), quote: None }
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
    assert_eq!(one(&linking, "砺川江电").decisions.len(), 1, "and says who says so");
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
    let all =
        EntityReference { kind: EntityType::Person, name: "李震".into(), code: None, document: None, quote: None };
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
    let linking = decided(&[defining(), using("b")], std::slice::from_ref(&apart));
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
    let linking = decided(&[fuller], std::slice::from_ref(&act));
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

/// The references by which a person on the command line means these identities.
fn references(annotations: &[Annotation], name: &str) -> Vec<EntityReference> {
    let linking = link(annotations);
    let named = (0..linking.identities.len()).filter(|at| linking.identities[*at].name == name);
    named.map(|at| linking.reference(at, annotations).unwrap()).collect()
}

fn names_of(linking: &Linking) -> Vec<&str> {
    linking.identities.iter().filter(|i| !i.documents.is_empty()).map(|i| i.name.as_str()).collect()
}

#[test]
fn a_decision_about_one_of_two_namesakes_leaves_the_other_alone() {
    // Two places of one name.
    let seat = |id: &str, city: &str| {
        document(id, &format!("{city}鼓楼区发布通知。"), &[("Place", &[city]), ("Place", &["鼓楼区"])], &[])
    };
    let places = [seat("a", "南京市"), seat("b", "徐州市")];
    let to = "南京鼓楼".to_owned();
    let entity = references(&places, "鼓楼区").remove(0);
    assert_eq!(entity.code.as_deref(), Some("320106"));
    let linking = decided(&places, &[Act::Rename { entity, to: to.clone() }]);
    let found: Vec<&str> = names_of(&linking).into_iter().filter(|name| name.contains("鼓楼")).collect();
    assert_eq!(found, [to.as_str(), "鼓楼区"]);
    // A title that the text marks, and words that may be anything.
    let song = |id: &str, name| document(id, "长江之歌和《长江之歌》。", &[("Work", &[name])], &[]);
    let mut plain = song("b", "长江之歌");
    plain.entities[0].mentions.truncate(1);
    let songs = [song("a", "《长江之歌》"), plain];
    let entity = references(&songs, "长江之歌").pop().unwrap();
    let linking = decided(&songs, &[Act::Rename { entity: entity.clone(), to: "歌".into() }]);
    assert_eq!(names_of(&linking).iter().filter(|name| **name == "歌").count(), 1, "{entity:?}");
    // Two persons in one document.
    let mut two = document("a", "李震到会。随后李震发言。", &[("Person", &["李震"]), ("Person", &["李震"])], &[]);
    two.entities[0].mentions.truncate(1);
    two.entities[1].mentions.remove(0);
    let two = [two, document("b", "李震缺席。", &[("Person", &["李震"])], &[])];
    let all = references(&two, "李震");
    let second = all.iter().find(|r| r.quote.as_deref() == Some("随后李震发言")).unwrap().clone();
    let other = all.iter().find(|r| r.document.as_deref() == Some("b")).unwrap().clone();
    let linking = decided(&two, &[Act::Merge { entities: vec![second.clone(), other.clone()] }]);
    let mut found: Vec<usize> = called(&linking, "李震").iter().map(|person| person.documents.len()).collect();
    found.sort_unstable();
    assert_eq!(found, [1, 2]);
    // To tell the two apart forbids no other merge.
    let first = all.iter().find(|r| r.quote.as_deref() == Some("李震到会")).unwrap().clone();
    let apart = Act::Distinguish { entities: [first, second.clone()] };
    let linking = decided(&two, &[apart, Act::Merge { entities: vec![second.clone(), other] }]);
    assert_eq!(linking.unapplied, []);
    // Another engine does not find the second, or puts more into its name.
    let rename = Act::Rename { entity: second.clone(), to: "李振".into() };
    let mut fewer = two[0].clone();
    fewer.entities.remove(1);
    let linking = decided(&[fewer], std::slice::from_ref(&rename));
    assert_eq!((names_of(&linking), linking.unapplied.len()), (vec!["李震"], 1));
    let mut wider = two[0].clone();
    wider.entities[1].mentions[0].start -= 2;
    let linking = decided(&[wider], &[rename]);
    let mut names = names_of(&linking);
    names.sort_unstable();
    assert_eq!((names, linking.unapplied.len()), (vec!["李振", "李震"], 0));
    // Words that the text has lost tell of none rather than of both.
    let lost = EntityReference { quote: Some("李震致辞".into()), ..second };
    let linking = decided(&two, &[Act::Rename { entity: lost, to: "李振".into() }]);
    assert_eq!((called(&linking, "李震").len(), linking.unapplied.len()), (3, 1));
}

#[test]
fn what_cannot_be_told_apart_is_reported_and_forbids_nothing_else() {
    let firms = [document(
        "a",
        "海州大学与砺川江电合作。",
        &[("Organization", &["海州大学"]), ("Organization", &["砺川江电"])],
        &[],
    )];
    let itself = Act::Distinguish { entities: [organization("海州大学"), organization("海州大学")] };
    let nobody = Act::Distinguish { entities: [organization("海州大学"), organization("无名大学")] };
    let merge = Act::Merge { entities: vec![organization("海州大学"), organization("砺川江电")] };
    let linking = decided(&firms, &[itself, nobody, merge]);
    assert_eq!(linking.unapplied.len(), 2, "{:?}", linking.unapplied);
    assert_eq!(called(&linking, "海州大学"), called(&linking, "砺川江电"));
}

#[test]
fn a_split_that_parts_nothing_or_not_all_is_reported() {
    let read: Vec<Annotation> =
        ["a", "b"].iter().map(|id| document(id, "海州大学开学。", &[("Organization", &["海州大学"])], &[])).collect();
    let split = |names: &[&str], documents: &[&str]| {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Act::Split { entity: organization("海州大学"), names: own(names), documents: own(documents) }
    };
    for (act, why) in [
        (split(&[], &["a", "z"]), "document z"),
        (split(&["海大"], &[]), "海大"),
        (split(&["海州大学"], &[]), "own name"),
        (split(&[], &["a", "b"]), "elsewhere"),
    ] {
        let linking = decided(&read, &[act]);
        assert!(linking.unapplied.len() == 1 && linking.unapplied[0].why.contains(why), "{:?}", linking.unapplied);
    }
    let merge =
        Act::Merge { entities: vec![organization("海州大学"), of(EntityType::Organization, "海州大学", "b")] };
    let linking = decided(&read, &[split(&[], &["b"]), merge]);
    assert_eq!(called(&linking, "海州大学").len(), 2);
    assert!(linking.unapplied[0].why.contains("two"), "{:?}", linking.unapplied);
}

#[test]
fn a_type_is_given_to_what_was_parted_and_joined_and_to_nothing_else() {
    let mut read: Vec<Annotation> = ["a", "b", "c"]
        .iter()
        .map(|id| document(id, "海州大学开学。", &[("Organization", &["海州大学"])], &[]))
        .collect();
    read.push(using("d"));
    let part = of(EntityType::Organization, "海州大学", "b");
    let split = Act::Split { entity: organization("海州大学"), names: vec![], documents: vec!["b".into()] };
    let linking = decided(&read, &[split, Act::Retype { entity: part, to: EntityType::Place }]);
    let found: Vec<(EntityType, usize)> =
        called(&linking, "海州大学").iter().map(|i| (i.kind, i.documents.len())).collect();
    assert_eq!(found, [(EntityType::Organization, 2), (EntityType::Place, 1)]);
    assert_eq!(linking.unapplied, []);
    let merge = Act::Merge { entities: vec![organization("海州大学"), organization("砺川江电")] };
    let linking = decided(&read, &[merge, Act::Retype { entity: organization("砺川江电"), to: EntityType::Product }]);
    assert_eq!(linking.unapplied, []);
    assert_eq!((one(&linking, "海州大学").kind, one(&linking, "海州大学").documents.len()), (EntityType::Product, 4));
    // Two types for one: the earlier is told to hold no longer.
    let to = |to| Act::Retype { entity: organization("海州大学"), to };
    assert_eq!(decided(&read, &[to(EntityType::Place), to(EntityType::Work)]).unapplied.len(), 1);
}

#[test]
fn no_two_entities_share_an_iri() {
    let iris = |linking: &Linking| {
        linking.all_members().map(|(_, m)| m.identity).collect::<std::collections::BTreeSet<_>>().len()
    };
    // A person who is taken for an organisation beside one who is not.
    let read = document("a", "李震和李震到会。", &[("Person", &["李震"]), ("Organization", &["李震"])], &[]);
    let retype = Act::Retype { entity: of(EntityType::Organization, "李震", "a"), to: EntityType::Person };
    let linking = decided(&[read, document("b", "李震到会。", &[("Person", &["李震"])], &[])], &[retype]);
    assert_eq!(iris(&linking), 3);
    // A name that is written as the second of another one is.
    let names: &[(&str, &[&str])] = &[("Group", &["党员"]), ("Group", &["党员-2"]), ("Group", &["志愿党员队", "党员"])];
    let mut read = document("a", "志愿党员队、党员、党员-2到会。", names, &[]);
    read.entities[0].mentions.truncate(1);
    let split =
        Act::Split {
            entity: of(EntityType::Group, "志愿党员队", "a"), names: vec!["党员".into()], documents: vec![]
        };
    let linking = decided(&[read], &[split]);
    assert_eq!((iris(&linking), linking.unapplied.len()), (4, 0));
}

#[test]
fn a_place_that_is_joined_to_the_one_that_holds_it_lies_not_in_itself() {
    let text = "湖北省咸宁市。湖北省。";
    let read = [
        document("a", text, &[("Place", &["湖北省"]), ("Place", &["咸宁市"])], &[]),
        document("b", "湖北省。", &[("Place", &["湖北省"])], &[]),
    ];
    let [one_, other] = ["湖北省", "咸宁市"].map(|name| references(&read, name).remove(0));
    let linking = decided(&read, &[Act::Merge { entities: vec![one_, other] }]);
    let place = one(&linking, "咸宁市");
    assert_eq!(place.under.iter().map(|at| linking.identities[*at].name.as_str()).collect::<Vec<_>>(), ["中国"]);
}

#[test]
fn districts_of_two_codes_are_not_proposed_as_one() {
    let seat = |id: &str, city: &str| {
        document(id, &format!("{city}鼓楼区发布通知。"), &[("Place", &[city]), ("Place", &["鼓楼区"])], &[])
    };
    assert_eq!(proposals(&link(&[seat("a", "南京市"), seat("b", "徐州市")])), []);
}

#[test]
fn a_verdict_holds_of_the_words_that_it_is_about() {
    let text = "海州银行将捐赠口罩。后来海州银行捐赠口罩。";
    let fillers: &[(&str, &str)] = &[("donor", "海州银行"), ("item", "口罩")];
    let facts: &[(&str, &[(&str, &str)])] = &[("Donation", fillers), ("Donation", fillers)];
    let mut read = document("g", text, &[("Organization", &["海州银行"]), ("Product", &["口罩"])], facts);
    read.facts[0].evidence = Some(tupu::span::CharSpan { start: 0, end: 10 });
    read.facts[1].evidence = Some(tupu::span::CharSpan { start: 10, end: 21 });
    let reject = Act::Reject { fact: fact_reference(&read, &read.facts[0], &read.fact_ids()[0]) };
    let linking = decided(std::slice::from_ref(&read), std::slice::from_ref(&reject));
    assert_eq!(linking.verdicts().map(|(_, id, _)| id.to_owned()).collect::<Vec<_>>(), [read.fact_ids()[0].clone()]);
    // Another engine reads the second sentence alone, which gets the number of the first.
    read.facts.remove(0);
    let linking = decided(&[read], &[reject]);
    assert_eq!((linking.verdicts().count(), linking.unapplied.len()), (0, 1));
}

/// The graph as sorted lines.
fn graph(annotations: &[Annotation], decisions: &[Decision]) -> Vec<String> {
    let (iris, schema) = (Iris::default(), Schema::embedded().unwrap());
    let linking = Linking::new(annotations, decisions, &[]);
    let reasons = rdf::identity::reasons(&linking, annotations, decisions, &iris, &rdf::Scope::whole());
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

/// The graph of a workspace that so many of the documents and then the decisions are put into, and then the others.
fn bytes(documents: &[Annotation], decisions: &[Decision], at_once: usize) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let kg = Workspace::create_or_open(&folder.path().join("kg"), None).unwrap();
    let (first, rest) = documents.split_at(at_once.min(documents.len()));
    first.iter().for_each(|document| kg.writer().unwrap().put(document, None, "test").unwrap());
    kg.writer().unwrap().decide(decisions).unwrap();
    rest.iter().for_each(|document| kg.writer().unwrap().put(document, None, "test").unwrap());
    let mut out = Vec::new();
    export::nquads::write(&kg.store(&Schema::embedded().unwrap()).unwrap(), &mut out).unwrap();
    out
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

    #[test]
    fn a_workspace_gives_the_same_bytes_in_whatever_order_it_was_filled(
        documents in Just(larger()).prop_shuffle(),
        decisions in Just(independent(&larger())).prop_shuffle(),
        at_once in 0..=8_usize,
    ) {
        prop_assert_eq!(bytes(&documents, &decisions, at_once), bytes(&larger(), &independent(&larger()), 0));
    }
}

#[test]
fn a_short_name_that_a_document_defines_is_one_of_a_body_that_only_others_know() {
    let body = |id: &str, text: &str, names: &[&str]| document(id, text, &[("Organization", names)], &[]);
    let linking = link(&[
        body("a", "第一中学（以下简称“老一中”）放假。", &["第一中学", "老一中"]),
        body("b", "第一中学（以下简称“北京市第八中学”）开学。", &["第一中学", "北京市第八中学"]),
        body("c", "老一中开学，北京市第八中学的学生返校。", &["北京市第八中学", "老一中"]),
    ]);
    let aliases: Vec<&str> = one(&linking, "北京市第八中学").aliases.iter().map(|alias| alias.short.as_str()).collect();
    assert_eq!(aliases, ["北京市第八中学", "老一中"]);
}
