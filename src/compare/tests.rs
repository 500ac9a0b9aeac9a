//! What counts as the same, as changed, and as lost and gained.

use super::*;

/// A document whose facts are written as `Type(role=filler, …)`, with the trigger behind `@` and `?` where it is possible
/// alone.
fn document(id: &str, text: &str, facts: &[&str]) -> Annotation {
    let span = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        serde_json::json!({"start": start, "end": start + words.chars().count()})
    };
    let fact = |(n, fact): (usize, &&str)| {
        let (fact, trigger) = fact.split_once('@').unwrap_or((fact, ""));
        let (kind, roles) = fact.trim_end_matches('?').trim_end_matches(')').split_once('(').unwrap();
        let roles: Vec<_> = roles
            .split(',')
            .filter_map(|role| role.trim().split_once('='))
            .map(|(role, value)| serde_json::json!({"role": role, "value": value}))
            .collect();
        let mut json = serde_json::json!({"id": format!("f{n}"), "type": kind, "roles": roles});
        if fact.ends_with('?') {
            json["modality"] = "possible".into();
        }
        if !trigger.is_empty() {
            (json["trigger"], json["evidence"]) = (span(trigger), span(trigger));
        }
        json
    };
    let facts: Vec<_> = facts.iter().enumerate().map(fact).collect();
    Annotation::from_json(&serde_json::json!({"id": id, "text": text, "facts": facts}).to_string()).unwrap()
}

/// One line a change: `+` gained, `-` lost, `~` changed with the fillers that went and came.
fn changes(before: &[Annotation], after: &[Annotation]) -> Vec<String> {
    let roles = |roles: &[&(String, String)]| {
        roles.iter().map(|(role, filler)| format!("{role}={filler}")).collect::<Vec<_>>().join(",")
    };
    let line = |change: &Change| {
        let sign = match (&change.before, &change.after) {
            (Some(_), Some(_)) => '~',
            (Some(_), None) => '-',
            _ => '+',
        };
        let [lost, gained] = change.fillers();
        format!("{sign} {} {} {}→{}", change.document, change.kind, roles(&lost), roles(&gained))
    };
    compare(before, after).changes.iter().map(line).collect()
}

const TEXT: &str = "甲社向乙院捐赠口罩，又向丙院赠送手套。";

#[test]
fn what_is_said_again_elsewhere_in_the_text_is_the_same() {
    let before = document("n", TEXT, &["Donation(donor=甲社,item=口罩)@捐赠", "Donation(donor=甲社,item=手套)@赠送"]);
    let after = document(
        "n",
        &format!("更正：{TEXT}"),
        &["Donation(item=手套,donor=甲社)@赠送", "Donation(donor=甲社,item=口罩)@捐赠"],
    );
    let compared = compare(&[before], &[after]);
    assert_eq!(compared.changes, []);
    assert_eq!(compared.documents, BTreeMap::from([("n".to_owned(), Presence::Rewritten)]));
    assert_eq!(compared.facts(), Count { before: 2, after: 2, ..Count::default() });
}

#[test]
fn facts_that_share_the_trigger_or_most_fillers_have_changed() {
    let before = document("n", TEXT, &["Donation(donor=甲社,item=口罩)@捐赠", "Donation(donor=甲社,item=手套)@赠送"]);
    let after =
        document("n", TEXT, &["Donation(donor=甲社,item=手套,recipient=丙院)@赠送", "Donation(donor=乙院)@捐赠"]);
    let both = ["~ n Donation donor=甲社,item=口罩→donor=乙院", "~ n Donation →recipient=丙院"];
    assert_eq!(changes(std::slice::from_ref(&before), &[after]), both);
    // Without the trigger, half of the fillers are not enough, nor is another type the same.
    let after =
        document("n", TEXT, &["Donation(donor=甲社,item=口罩,recipient=乙院)", "Supply(donor=甲社,item=手套)@赠送"]);
    let three =
        ["~ n Donation →recipient=乙院", "- n Donation donor=甲社,item=手套→", "+ n Supply →donor=甲社,item=手套"];
    let mut told = changes(&[before], &[after]);
    told.sort();
    let mut three = three.map(str::to_owned);
    three.sort();
    assert_eq!(told, three);
}

#[test]
fn another_status_is_a_change() {
    let before = document("n", TEXT, &["Donation(donor=甲社)@捐赠"]);
    let after = document("n", TEXT, &["Donation(donor=甲社)?@捐赠"]);
    let compared = compare(&[before], &[after]);
    let modality = |said: &Option<Said>| said.as_ref().unwrap().modality;
    let change = &compared.changes[0];
    assert_eq!((modality(&change.before), modality(&change.after)), (Modality::Actual, Modality::Possible));
    assert_eq!(change.fillers(), [Vec::<&(String, String)>::new(), Vec::new()]);
    assert_eq!(compared.types["Donation"], Count { before: 1, after: 1, changed: 1, ..Count::default() });
}

#[test]
fn of_several_facts_the_likest_are_paired_and_what_is_said_twice_counts_twice() {
    let before = document("n", TEXT, &["Donation(donor=甲社,item=口罩)@捐赠", "Donation(donor=丁社,item=口罩)@捐赠"]);
    let after = document("n", TEXT, &["Donation(donor=丁社,item=手套)@捐赠", "Donation(donor=甲社,item=口罩)@捐赠"]);
    assert_eq!(changes(std::slice::from_ref(&before), &[after]), ["~ n Donation item=口罩→item=手套"]);
    let twice = document("n", TEXT, &["Donation(donor=甲社,item=口罩)@捐赠", "Donation(donor=甲社,item=口罩)@赠送"]);
    let once = document("n", TEXT, &["Donation(donor=甲社,item=口罩)@捐赠"]);
    assert_eq!(changes(&[twice], &[once]), ["- n Donation donor=甲社,item=口罩→"]);
}

#[test]
fn what_a_document_of_one_side_says_is_lost_or_gained() {
    let gone = document("a", TEXT, &["Donation(donor=甲社)@捐赠"]);
    let new = document("b", TEXT, &["Donation(donor=甲社)@捐赠"]);
    let same = document("c", TEXT, &["Donation(donor=甲社)@捐赠"]);
    let (before, after) = ([gone, same.clone()], [same, new]);
    let compared = compare(&before, &after);
    let presences = [("a".to_owned(), Presence::Lost), ("b".to_owned(), Presence::Gained)];
    assert_eq!(compared.documents, BTreeMap::from(presences));
    let count = Count { before: 2, after: 2, gained: 1, lost: 1, changed: 0 };
    assert_eq!((compared.counted, compared.facts()), (count, count));
    assert_eq!(changes(&before, &after), ["- a Donation donor=甲社→", "+ b Donation →donor=甲社"]);
}
