//! Which column of a table, or field of a JSON object, is which part of a document: as the user says, or by its name.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::document::Document;
use crate::text::normal::normal;
use crate::text::prose::leading_date;

/// A part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Its id.
    Id,
    /// Its headline.
    Title,
    /// Its date of publication.
    Published,
    /// Who published it.
    Source,
    /// Its address.
    Url,
    /// Who wrote it.
    Author,
    /// Its text.
    Text,
}

impl Field {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Id, "id"),
        (Self::Title, "title"),
        (Self::Published, "published"),
        (Self::Source, "source"),
        (Self::Url, "url"),
        (Self::Author, "author"),
        (Self::Text, "text"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(field, _)| *field == self).map_or("", |(_, name)| name)
    }
}

/// What the columns of `data/lexicon/columns.tsv` are called, for each part of a document.
static USUAL: LazyLock<BTreeMap<Field, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("../../data/lexicon/columns.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut usual: BTreeMap<Field, Vec<&'static str>> = BTreeMap::new();
    for (part, name) in lines.filter_map(|line| line.split_once('\t')) {
        if let Some((field, _)) = Field::ALL.iter().find(|(_, name)| *name == part) {
            usual.entry(*field).or_default().push(name);
        }
    }
    usual
});

/// What the user says of the columns: `text=正文,published=日期`. A part without a column (`published=`) is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    said: BTreeMap<Field, String>,
}

impl FromStr for Fields {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let mut said = BTreeMap::new();
        for pair in argument.split(',') {
            let known = || Field::ALL.map(|(_, name)| name).join(", ");
            let (part, column) =
                pair.split_once('=').ok_or_else(|| format!("{pair:?} names no column; write text=正文"))?;
            let (field, _) = Field::ALL
                .into_iter()
                .find(|(_, name)| *name == part.trim())
                .ok_or_else(|| format!("{:?} is no part of a document; those are {}", part.trim(), known()))?;
            if said.insert(field, column.trim().to_owned()).is_some() {
                return Err(format!("{} is given twice", field.name()));
            }
        }
        Ok(Self { said })
    }
}

/// The columns of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Columns {
    of: BTreeMap<Field, usize>,
}

impl Fields {
    /// Finds the columns by their names.
    ///
    /// # Errors
    /// Where a column that the user named is not there, or none is known to hold the text.
    pub(super) fn columns(&self, names: &[&str]) -> Result<Columns, String> {
        let bare =
            |name: &str| -> String { normal(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
        let folded: Vec<String> = names.iter().map(|name| bare(name)).collect();
        let mut of = BTreeMap::new();
        for (field, _) in Field::ALL {
            let at = match self.said.get(&field) {
                Some(none) if none.is_empty() => None,
                Some(said) => match names.iter().position(|name| name.trim() == said) {
                    Some(at) => Some(at),
                    None => return Err(format!("there is no column {said:?}; there are {}", list(names))),
                },
                None => {
                    // What the user gave to another part is not guessed at.
                    let free = |at: &usize| !self.said.values().any(|said| names[*at].trim() == said);
                    let usual = USUAL.get(&field).into_iter().flatten();
                    let find = |name: &&str| folded.iter().position(|column| column == name);
                    usual.filter_map(find).find(free)
                }
            };
            of.extend(at.map(|at| (field, at)));
        }
        if !of.contains_key(&Field::Text) {
            return Err(format!(
                "no column is known to hold the text; name it, as --map text=COLUMN (there are {})",
                list(names)
            ));
        }
        Ok(Columns { of })
    }
}

fn list(names: &[&str]) -> String {
    const MOST: usize = 20;
    let mut list = names.iter().take(MOST).map(|name| format!("{:?}", name.trim())).collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        list += ", …";
    }
    if names.is_empty() { "none".into() } else { list }
}

impl Columns {
    /// The document of row `number` of `file`. Where no column has an id, or one that is a number and so tells the rows of
    /// one file apart and no more, its id is that of the file and the number.
    ///
    /// # Errors
    /// A date that is none.
    pub(super) fn document<'a>(
        &self,
        file: &str,
        number: usize,
        cell: impl Fn(usize) -> Option<&'a str>,
    ) -> Result<Document, String> {
        let get = |field| self.of.get(&field).and_then(|at| cell(*at));
        let filled = |field| get(field).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
        let published = filled(Field::Published).map(|date| {
            day(&date).ok_or_else(|| {
                format!(
                    "published {date:?} is no date; write it as 2020-02-10, or read no dates, with --map published="
                )
            })
        });
        Ok(Document {
            id: match filled(Field::Id) {
                Some(id) if !id.bytes().all(|b| b.is_ascii_digit()) => id,
                counted => format!("{file}/{}", counted.unwrap_or_else(|| number.to_string())),
            },
            title: filled(Field::Title),
            published: published.transpose()?,
            source: filled(Field::Source),
            url: filled(Field::Url),
            author: filled(Field::Author),
            text: get(Field::Text).unwrap_or_default().to_owned(),
        })
    }
}

/// The day that a cell gives; what stands behind it, a time of the day as a rule, is not needed.
fn day(cell: &str) -> Option<String> {
    if let Some((date, _)) = leading_date(cell) {
        return Some(date.to_string());
    }
    // 20200210
    let digits = cell.get(..8).filter(|d| cell.len() == 8 && d.bytes().all(|b| b.is_ascii_digit()))?;
    let dashed = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
    leading_date(&dashed).map(|(date, _)| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(map: &str, names: &[&str]) -> Result<Vec<(&'static str, usize)>, String> {
        let fields = if map.is_empty() { Fields::default() } else { map.parse()? };
        Ok(fields.columns(names)?.of.into_iter().map(|(field, at)| (field.name(), at)).collect())
    }

    #[test]
    fn columns_are_known_by_their_names() {
        let names = ["编号", "标题", "正文", "发布日期", "报纸名称", "版次"];
        let expected = [("id", 0), ("title", 1), ("published", 3), ("source", 4), ("text", 2)];
        assert_eq!(columns("", &names).unwrap(), expected);
        assert_eq!(columns("", &["Full Text", "Pub_Date"]).unwrap(), [("published", 1), ("text", 0)]);
        assert_eq!(columns("", &["標題", "內容"]).unwrap(), [("title", 0), ("text", 1)], "traditional characters");
    }

    #[test]
    fn the_user_has_the_last_word() {
        let names = ["title", "text", "摘要", "date"];
        assert_eq!(columns("text=摘要,published=", &names).unwrap(), [("title", 0), ("text", 2)]);
        assert_eq!(columns("title=text,text=摘要", &names).unwrap(), [("title", 1), ("published", 3), ("text", 2)]);
        assert!(columns("text=全文", &names).unwrap_err().contains("\"摘要\""));
        assert!(columns("txt=全文", &names).unwrap_err().contains("published"));
        assert!(columns("", &["a", "b"]).unwrap_err().contains("--map text=COLUMN (there are \"a\", \"b\")"));
    }

    #[test]
    fn a_day_is_read_in_its_usual_forms() {
        for date in ["2020-02-10", "2020/2/10 08:30", "2020年2月10日", "20200210", "2020-02-10T08:30:00Z"] {
            assert_eq!(day(date).as_deref(), Some("2020-02-10"), "{date}");
        }
        for none in ["soon", "20201310", "10/02/2020", "2020"] {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
