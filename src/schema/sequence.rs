//! Surface patterns: a fact read off neighbouring words, as 上海市地震局 + 党组书记 + 吴建春.

use crate::annotation::EntityType;

/// A sequence of neighbouring elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// In the order of the text.
    pub elements: Vec<Element>,
}

/// One element of a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// `{role}`: a mention that may fill the role; `{role:Group:common}`: one of which more is asked; `{role}?` may be
    /// absent.
    Role {
        /// The role's name.
        name: String,
        /// What else is asked of the mention.
        only: Vec<Only>,
        /// Whether it may be absent.
        optional: bool,
    },
    /// One of several literal words (`的`, `是|为`); optional where it ends in `?`.
    Words {
        /// The words, any of which will do.
        words: Vec<String>,
        /// Whether it may be absent.
        optional: bool,
    },
    /// `#`: a number with its measure word (一位); `#?` may be absent.
    Count {
        /// Whether it may be absent.
        optional: bool,
    },
    /// `( … )+`: once or more, parted by 、, 和, 兼; every repetition gives a fact of its own.
    Group(Vec<Self>),
}

/// What a sequence asks of a mention besides its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Only {
    /// An entity of this type.
    Type(EntityType),
    /// A name, no common noun.
    Named,
    /// A common noun, no name.
    Common,
    /// Words that end in one of these.
    Ending(Vec<String>),
}

impl Only {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "named" => Ok(Self::Named),
            "common" => Ok(Self::Common),
            words if !words.is_ascii() => Ok(Self::Ending(words.split('|').map(str::to_owned).collect())),
            kind => EntityType::ALL
                .into_iter()
                .find(|t| t.name() == kind)
                .map(Self::Type)
                .ok_or_else(|| format!("`{kind}` is no type of entity, nor `named`, `common` or Chinese words")),
        }
    }
}

impl Sequence {
    /// Parses `"( {organization}? 的? {title} )+ {person}"`: elements parted by spaces.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut elements = Vec::new();
        let mut group: Option<Vec<Element>> = None;
        for part in text.split_whitespace() {
            if part == "(" {
                if group.replace(Vec::new()).is_some() {
                    return Err("a group `( … )+` holds no other group".into());
                }
                continue;
            }
            if part == ")+" {
                let group = group.take().ok_or("`)+` closes no group")?;
                elements.push(Element::Group(group));
                continue;
            }
            let (body, optional) = part.strip_suffix('?').map_or((part, false), |w| (w, true));
            let element = if body == "#" {
                Element::Count { optional }
            } else if let Some(role) = body.strip_prefix('{') {
                let role = role.strip_suffix('}').ok_or_else(|| format!("`{part}` lacks its closing brace"))?;
                let (name, only) = role.split_once(':').unwrap_or((role, ""));
                let only = only.split(':').filter(|o| !o.is_empty()).map(Only::parse).collect::<Result<_, _>>()?;
                Element::Role { name: name.to_owned(), only, optional }
            } else {
                Element::Words { words: body.split('|').map(str::to_owned).collect(), optional }
            };
            group.as_mut().unwrap_or(&mut elements).push(element);
        }
        if group.is_some() {
            return Err("a group lacks its end `)+`".into());
        }
        Ok(Self { elements })
    }

    /// The roles it names, in order.
    #[must_use]
    pub fn roles(&self) -> Vec<&str> {
        fn walk<'a>(elements: &'a [Element], out: &mut Vec<&'a str>) {
            for element in elements {
                match element {
                    Element::Role { name, .. } => out.push(name),
                    Element::Group(inner) => walk(inner, out),
                    Element::Words { .. } | Element::Count { .. } => {}
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.elements, &mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_roles_words_counts_and_groups() {
        let s = Sequence::parse("( {organization}? 的? #? {title} )+ 是|为 {person}").unwrap();
        assert_eq!(s.roles(), ["organization", "title", "person"]);
        let Element::Group(inner) = &s.elements[0] else { panic!("no group") };
        assert_eq!(inner[0], Element::Role { name: "organization".into(), only: Vec::new(), optional: true });
        assert_eq!(inner[1], Element::Words { words: vec!["的".into()], optional: true });
        assert_eq!(inner[2], Element::Count { optional: true });
        assert_eq!(s.elements[1], Element::Words { words: vec!["是".into(), "为".into()], optional: false });
    }

    #[test]
    fn mistakes_are_named() {
        assert!(Sequence::parse("{person 说 {b}").unwrap_err().contains("brace"));
        assert!(Sequence::parse("( {a} {b}").unwrap_err().contains(")+"));
    }
}
