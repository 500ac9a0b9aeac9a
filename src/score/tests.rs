use super::*;

const TEXT: &str = "甲公司向乙医院捐赠口罩超过15万只。";

/// Two entities of a donation: 甲公司 and 口罩, with what is given of the fact.
fn annotation(roles: &str, rest: &str) -> Annotation {
    Annotation::from_json(&format!(
        r#"{{"id":"a","text":"{TEXT}","entities":[
            {{"id":"e1","type":"Organization","name":"甲公司","mentions":[{{"start":0,"end":3}}]}},
            {{"id":"e2","type":"Product","name":"口罩","mentions":[{{"start":9,"end":11}}]}}],
           "facts":[{{"id":"f1","type":"Donation","roles":[{roles}]{rest}}}]}}"#
    ))
    .unwrap()
}

fn gold() -> Annotation {
    let item = r#"{"role":"item","entity":"e2","quantity":{"value":150000,"unit":"只","bound":"over"}}"#;
    annotation(&format!(r#"{{"role":"donor","entity":"e1"}},{item}"#), r#","evidence":{"start":0,"end":18}"#)
}

fn counts(score: &Score, name: &str) -> (usize, usize, usize) {
    let t = score.tallies[name];
    (t.right, t.gold, t.predicted)
}

#[test]
fn gold_against_itself_is_all_right() {
    let score = score(&[gold()], &[gold()]).unwrap();
    for (name, tally) in &score.tallies {
        assert!(tally.right == tally.gold && tally.gold == tally.predicted, "{name}: {tally:?}");
    }
    assert_eq!(score.macro_f1(), 1.0);
    assert!(score.errors.is_empty());
}

#[test]
fn a_document_without_prediction_is_missed() {
    let score = score(&[gold()], &[]).unwrap();
    assert_eq!(counts(&score, "roles"), (0, 2, 0));
    assert_eq!(counts(&score, "entities"), (0, 2, 0));
    assert_eq!(score.errors.len(), 1);
    let said = score.errors[0].to_string();
    assert_eq!(said, format!("missed a: Donation(donor=甲公司, item=口罩) ← {TEXT}"));
}

#[test]
fn what_is_wrong_about_a_fact_costs_its_own_figure() {
    let bare =
        annotation(r#"{"role":"item","entity":"e2","quantity":{"value":1,"unit":"只"}}"#, r#","modality":"planned""#);
    let score = score(&[gold()], &[bare]).unwrap();
    assert_eq!(counts(&score, "roles"), (1, 2, 1));
    assert_eq!(counts(&score, "quantities"), (0, 1, 1));
    assert_eq!(counts(&score, "bounds"), (0, 1, 0));
    assert_eq!(counts(&score, "status"), (0, 1, 1));
    assert_eq!(counts(&score, "evidence"), (0, 1, 1));
    assert_eq!(counts(&score, "asserted"), (0, 1, 0));
    assert_eq!(counts(&score, "facts"), (0, 1, 1));
}

#[test]
fn texts_are_right_when_half_of_each_is_shared() {
    let with = |purpose: &str| annotation(&format!(r#"{{"role":"purpose","value":"{purpose}"}}"#), "");
    let right = |g: &str, p: &str| counts(&score(&[with(g)], &[with(p)]).unwrap(), "roles").0;
    assert_eq!(right("支援湖北抗疫", "湖北抗疫"), 1);
    assert_eq!(right("支援湖北抗疫", "湖北"), 0);
    assert_eq!(right("支援", "支援"), 1);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let other = Annotation { id: "b".into(), ..gold() };
    assert_eq!(score(&[gold()], &[other]).unwrap_err(), ScoreError::NoGold("b".into()));
    let other = Annotation { text: format!("{TEXT}。"), ..gold() };
    assert_eq!(score(&[gold()], &[other]).unwrap_err(), ScoreError::Text("a".into()));
}

#[test]
fn figures_are_rounded_as_their_decimal_value_says() {
    let row = Tally { right: 1, gold: 32, predicted: 160 }.row();
    assert_eq!((row.precision, row.recall), (0.0063, 0.0312));
    assert_eq!(Tally::default().row().f1, 0.0);
}

#[test]
fn confidence_is_held_against_what_is_right() {
    let told = |confidence: f64, rest: &str| {
        let item = r#"{"role":"item","entity":"e2"}"#;
        annotation(
            &format!(r#"{{"role":"donor","entity":"e1"}},{item}"#),
            &format!(r#","confidence":{confidence}{rest}"#),
        )
    };
    let calibration = |predicted: Annotation| score(&[gold()], &[predicted]).unwrap().calibration();
    let [row] = calibration(told(0.94, ""))[..] else { panic!("one fact, one range") };
    assert_eq!((row.from, row.to, row.facts, row.confidence, row.right), (0.9, 1.0, 1, 0.94, 1.0));
    let [row] = calibration(told(0.31, r#","modality":"planned""#))[..] else { panic!("one fact, one range") };
    assert_eq!((row.from, row.right), (0.3, 0.0), "what is planned is not what is done");
    assert_eq!(calibration(gold()), [], "a fact that does not say how sure it is tells nothing");
}
