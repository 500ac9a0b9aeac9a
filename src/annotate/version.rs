//! Which version of the engine an annotator is: what it would read a text by.

use sha2::{Digest, Sha256};

use super::Annotator;
use crate::annotation::hexadecimal;
use crate::schema::Schema;

/// A hash of the sources, word lists and weights that annotating is compiled from; `build.rs` takes it.
const COMPILED: &str = env!("TUPU_ENGINE");

impl Annotator {
    /// Sixteen hexadecimal digits that change when annotating may give something else: with the program's part that
    /// annotates, with the fact types in use, with weights of the user's own, and with the confidence that is asked for.
    /// Two annotators of one version give the same annotation of the same document.
    #[must_use]
    pub fn version(&self) -> String {
        of(&self.schema, self.own_model.as_deref(), self.least)
    }
}

/// The same of the annotator that there would be, with no need to make it.
#[must_use]
pub fn version(schema: &Schema, model: Option<&[u8]>, least: f64) -> String {
    of(schema, model.and_then(own).as_deref(), least)
}

fn of(schema: &Schema, own_model: Option<&str>, least: f64) -> String {
    let mut hash = Sha256::new();
    let frames = schema.frames().map(|frame| [frame.name.clone(), frame.rules()]);
    let weights = [own_model.unwrap_or_default().to_owned(), least.to_bits().to_string()];
    for part in [COMPILED.to_owned()].into_iter().chain(weights).chain(frames.flatten()) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hexadecimal(&hash.finalize()[..8])
}

/// What tells weights of the user's own from others; nothing of the built-in ones, wherever they were read from.
pub(super) fn own(model: &[u8]) -> Option<String> {
    (model != super::tagger::EMBEDDED).then(|| hexadecimal(&Sha256::digest(model)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::tagger;
    use crate::schema::Frame;

    const FRAME: &str = r#"
        name = "Gift"
        label = { zh = "赠与", en = "gift" }
        [roles]
        giver = { accepts = ["Organization"] }
        gift = { accepts = ["Product"] }
        [[patterns]]
        triggers = ["赠与"]
        slots = { subject = ["giver"], object = ["gift"] }
    "#;

    #[test]
    fn what_reads_alike_is_one_version() {
        let embedded = || Schema::embedded().unwrap();
        let version = of(&embedded(), None, 0.0);
        assert!(version.len() == 16 && version == of(&embedded(), None, 0.0));
        assert_ne!(of(&embedded(), None, 0.5), version, "facts are left out");
        assert_eq!(own(tagger::EMBEDDED), None, "the built-in weights, out of a file");
        assert_ne!(of(&embedded(), own(b"other weights").as_deref(), 0.0), version);

        let with = |frame: &str| {
            let mut schema = embedded();
            schema.add(Frame::parse("gift.toml", frame).unwrap()).unwrap();
            of(&schema, None, 0.0)
        };
        let gift = with(FRAME);
        assert_ne!(gift, version);
        assert_eq!(with(&format!("# 赠与\r\n{}", FRAME.replace("en = \"gift\"", "en = \"present\""))), gift);
        assert_ne!(with(&FRAME.replace("[\"赠与\"]", "[\"赠与\", \"赠予\"]")), gift);
    }
}
