//! Surface patterns: a fact read off neighbouring words, as 上海市地震局 + 党组书记 + 吴建春.

/// A sequence of neighbouring elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// In the order of the text.
    pub elements: Vec<Element>,
}

/// One element of a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// `{role}`: a mention or value that may fill the role.
    Role(String),
    /// One of several literal words (`的`, `是|为`); `optional` where it ends in `?`.
    Words {
        /// The words, any of which will do.
        words: Vec<String>,
        /// Whether it may be absent.
        optional: bool,
    },
}

impl Sequence {
    /// Parses `"{organization} 的? {title} {person}"`: elements parted by spaces.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut elements = Vec::new();
        for part in text.split_whitespace() {
            if let Some(role) = part.strip_prefix('{') {
                let role = role.strip_suffix('}').ok_or_else(|| format!("`{part}` lacks its closing brace"))?;
                elements.push(Element::Role(role.to_owned()));
            } else {
                let (words, optional) = part.strip_suffix('?').map_or((part, false), |w| (w, true));
                elements.push(Element::Words { words: words.split('|').map(str::to_owned).collect(), optional });
            }
        }
        if elements.iter().filter(|e| matches!(e, Element::Role(_))).count() < 2 {
            return Err("a sequence needs two roles or more, as \"{organization} {title} {person}\"".into());
        }
        Ok(Self { elements })
    }

    /// The roles it names, in order.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(|e| match e {
            Element::Role(role) => Some(role.as_str()),
            Element::Words { .. } => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_roles_and_words() {
        let s = Sequence::parse("{organization} 的? {title} 是|为 {person}").unwrap();
        assert_eq!(s.roles().collect::<Vec<_>>(), ["organization", "title", "person"]);
        assert_eq!(s.elements[1], Element::Words { words: vec!["的".into()], optional: true });
        assert_eq!(s.elements[3], Element::Words { words: vec!["是".into(), "为".into()], optional: false });
        assert!(Sequence::parse("{person} 说").is_err());
        assert!(Sequence::parse("{person 说 {b}").is_err());
    }
}
