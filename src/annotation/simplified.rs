//! Annotations in simplified characters, to be compared with those of another print.

use super::{Annotation, Quantity, Value};
use crate::text::simplified::simplified;

impl Annotation {
    /// The same statements in simplified characters: title, text, names, values and units. Every offset stays.
    #[must_use]
    pub fn simplified(&self) -> Self {
        fn simplify(text: &mut String) {
            *text = simplified(text).into_owned();
        }
        fn unit(quantity: &mut Quantity) {
            quantity.unit.iter_mut().for_each(simplify);
        }
        let mut out = self.clone();
        simplify(&mut out.text);
        out.title.iter_mut().for_each(simplify);
        out.entities.iter_mut().for_each(|entity| simplify(&mut entity.name));
        for filler in out.facts.iter_mut().flat_map(|fact| &mut fact.roles) {
            match &mut filler.value {
                Some(Value::Text(text)) => simplify(text),
                Some(Value::Quantity(quantity)) => unit(quantity),
                None => {}
            }
            filler.quantity.iter_mut().for_each(unit);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_words_is_simplified() {
        let traditional = r#"{"id":"臺","title":"捐贈","text":"臺大捐贈口罩5隻","entities":[{"id":"e1","type":"Organization",
            "name":"臺大","mentions":[{"start":0,"end":2}]}],"facts":[{"id":"f1","type":"Donation","roles":[
            {"role":"donor","entity":"e1"},{"role":"purpose","value":"計畫"},
            {"role":"item","value":{"value":5,"unit":"隻"}}]}]}"#;
        let mut simplified = traditional.to_owned();
        for (from, to) in [("贈", "赠"), ("臺大", "台大"), ("隻", "只"), ("計畫", "计划")] {
            simplified = simplified.replace(from, to);
        }
        let read = |json: &str| Annotation::from_json(json).unwrap();
        assert_eq!(read(traditional).simplified(), read(&simplified));
    }
}
