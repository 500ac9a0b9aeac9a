//! The headline of a page: the line in sight that the page's other titles agree with.

use std::ops::Range;

use super::content::{Content, Role};
use super::furniture::is_furniture;
use super::lines::Line;
use super::meta::Meta;
use super::node::Node;
use super::tree::Tree;
use crate::read::header::words::{is, is_medium};
use crate::text::normal::normal;

/// A headline, and the lines that it stands in.
pub(super) struct Headline {
    pub title: String,
    /// The lines, as a range; empty where it stands nowhere in sight.
    pub lines: Range<usize>,
}

/// Headlines have at most this many characters.
const LONGEST: usize = 90;
/// Below this many points a line is no headline.
const LEAST: i32 = 35;

/// So many lines behind the first of running text may be a headline: a column beside the article came first.
const BEHIND: usize = 4;
/// The points that it takes there.
const LEAST_BEHIND: i32 = 75;

/// So many lines before the first of running text are looked at.
const FARTHEST: usize = 1_000;
/// A headline is broken into at most this many lines.
const MOST_LINES: usize = 4;

/// So many marks of a tab's title are looked at.
const MOST_MARKS: usize = 20;

/// What parts a headline from the name of the site in a tab.
const PARTS: [&str; 10] = ["_", "|", "丨", "｜", " - ", " – ", "——", "--", "—", "-"];

/// What the page calls itself out of sight, as titles are compared.
struct Known {
    /// The tab's whole title.
    tab: String,
    /// The headline in the tab's title.
    head: String,
    /// What the tab's title begins with, up to each of its marks.
    begins: Vec<String>,
    /// Headlines that the page states.
    said: Vec<String>,
    /// Names of the site.
    sites: Vec<String>,
}

impl Known {
    fn of(meta: &Meta) -> Self {
        let tab = meta.tab.as_deref().unwrap_or("");
        let (head, site) = of_tab(tab);
        let sites = meta.site.as_deref().into_iter().chain(site).map(compared);
        let said = meta.titles.iter().map(|title| compared(title)).filter(|title| !title.is_empty());
        let marks = tab.match_indices(|c: char| !c.is_alphanumeric()).take(MOST_MARKS);
        let begins = marks.map(|(at, _)| compared(&tab[..at])).collect();
        Self { tab: compared(tab), head: compared(head), begins, said: said.collect(), sites: sites.collect() }
    }

    /// How well a line, as titles are compared, agrees with what is known.
    fn agreement(&self, line: &str) -> i32 {
        let length = line.chars().count();
        if self.said.iter().any(|title| title == line) || line == self.tab || line == self.head {
            60
        } else if length >= 6 && self.begins.iter().any(|begin| begin == line) {
            45
        } else if length >= 8 && (self.tab.contains(line) || self.said.iter().any(|title| title.contains(line))) {
            30
        } else if self.head.chars().count() >= 8 && line.contains(&self.head) {
            // Tabs cut long headlines short.
            30
        } else {
            0
        }
    }
}

/// The headline of the article that was `found`.
pub(super) fn headline(tree: &Tree, lines: &[Line], found: &Content, meta: &Meta) -> Option<Headline> {
    let (known, roles, before) = (Known::of(meta), &found.roles, found.begins);
    let mut best: Option<(i32, Range<usize>)> = None;
    let mut above: Option<(i32, Range<usize>)> = None;
    for n in before.saturating_sub(FARTHEST)..lines.len().min(before + BEHIND) {
        let block = lines[n].block;
        let name = tree.nodes[block].name();
        // A headline in a heading may be broken into lines.
        let same = lines[n..].iter().take(MOST_LINES + 1).take_while(|line| line.block == block).count();
        let heading = name.starts_with('h') && name.len() == 2 || is_titled(&tree.nodes[block]);
        let broken = (heading && (2..=MOST_LINES).contains(&same)).then_some(n..n + same);
        // Or into two lines that the page's other titles have as one.
        let joined = n + 1 < before && {
            let both = compared(&format!("{}{}", lines[n].text, lines[n + 1].text));
            both == known.head || known.said.contains(&both)
        };
        let broken = broken.or(joined.then_some(n..n + 2));
        for range in broken.into_iter().chain(std::iter::once(n..n + 1)) {
            let points = points(tree, lines, roles, &range, &known);
            let least = if n > before { LEAST_BEHIND } else { LEAST };
            // Of equals the last is nearest to the text.
            if points >= least && best.as_ref().is_none_or(|(most, _)| points >= *most) {
                best = Some((points, range.clone()));
            }
            let set = is_above_header(roles, &range) && points >= LEAST;
            if set && n <= before && above.as_ref().is_none_or(|(most, _)| points >= *most) {
                above = Some((points, range));
            }
        }
    }
    // A site that calls all its pages by its own name: the headline stands above date and publisher.
    let named = |range: &Range<usize>| {
        let own = compared(&lines[range.start].text);
        own == known.tab && is_medium(&own) && !is_above_header(roles, range)
    };
    if best.as_ref().is_some_and(|(_, range)| named(range)) {
        best = above.or(best);
    }
    let unbroken = || meta.titles.iter().map(String::as_str).chain(meta.tab.as_deref().map(|tab| of_tab(tab).0));
    if let Some((_, range)) = best {
        let title = lines[range.clone()].iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        // A title that says the same without breaks is better.
        let own = compared(&title);
        let whole = unbroken().find(|title| range.len() > 1 && compared(title) == own).map(str::to_owned);
        return Some(Headline { title: whole.unwrap_or_else(|| without_buttons(&title)), lines: range });
    }
    let title = unbroken().find(|title| !title.is_empty() && !known.sites.contains(&compared(title)))?;
    Some(Headline { title: title.to_owned(), lines: 0..0 })
}

/// A headline without the labels that stand beside it: 原创.
fn without_buttons(title: &str) -> String {
    let words: Vec<&str> = title.split(' ').collect();
    let last = words.iter().rposition(|word| !is("word", word)).unwrap_or(0);
    words[..=last].join(" ")
}

/// How much speaks for lines as the headline.
fn points(tree: &Tree, lines: &[Line], roles: &[Role], range: &Range<usize>, known: &Known) -> i32 {
    let (line, role) = (&lines[range.start], roles[range.start]);
    let length: usize = lines[range.clone()].iter().map(|line| line.length).sum();
    if !(2..=LONGEST).contains(&length) || role == Role::Header {
        return 0;
    }
    let text: String = lines[range.clone()].iter().map(|line| line.text.as_str()).collect();
    let own = compared(&text);
    if own.is_empty() || known.sites.contains(&own) {
        return 0;
    }
    let blocks = tree
        .ancestors(line.node)
        .take_while(|at| *at > line.block)
        .chain(std::iter::once(line.block).chain(tree.ancestors(line.block)).take(3));
    let set = blocks.map(|at| match tree.nodes[at].name() {
        "h1" => 50,
        "h2" => 40,
        _ if is_titled(&tree.nodes[at]) => 36,
        "h3" => 36,
        _ if is_large(&tree.nodes[at]) => 38,
        _ => 0,
    });
    let header = if role == Role::Text && is_above_header(roles, range) { 36 } else { 0 };
    let agreement = known.agreement(&own);
    let mut points = agreement + set.max().unwrap_or(0).max(header);
    // The names of papers and sites stand in headings too.
    let name = agreement < 60 && length <= 8 && is_medium(&own);
    points -= if name { 30 } else { 0 };
    points += if is_set_off(tree, line) { 6 } else { 0 };
    // A row of a table about the article: 标题, and what it is.
    points -= if text.contains('\t') { 40 } else { 0 };
    points -= if line.is_link() { 40 } else { 0 };
    points -= if is_furniture(&text) { 60 } else { 0 };
    points -= if role == Role::Apart { 40 } else { 0 };
    points - if text.contains('。') { 30 } else { 0 }
}

/// Whether an element's id or class speaks of a headline.
fn is_titled(node: &Node) -> bool {
    let names = [node.attribute("class"), node.attribute("id")].into_iter().flatten();
    names.map(str::to_ascii_lowercase).any(|name| {
        ["title", "headline", "biaoti", "tit"].iter().any(|word| name.contains(word))
            && !["sub", "site", "small", "fu", "list"].iter().any(|word| name.contains(word))
    })
}

/// Whether an element's text is set as large as headlines are: 23px, 18pt, size 5.
fn is_large(node: &Node) -> bool {
    let style = node.attribute("style").unwrap_or("").to_ascii_lowercase();
    let size = style.split("font-size").nth(1).map(|rest| rest.trim_start_matches([':', ' ']));
    let size = size.and_then(|size| {
        let digits = size.find(|c: char| !c.is_ascii_digit()).unwrap_or(size.len());
        let least = if size[digits..].starts_with("pt") { 16 } else { 20 };
        let unit = ["pt", "px"]
            .iter()
            .any(|unit| size[digits..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).starts_with(unit));
        Some(unit && size[..digits].parse::<u32>().ok()? >= least)
    });
    size == Some(true)
        || node.name() == "font"
            && node.attribute("size").is_some_and(|size| matches!(size.trim(), "5" | "6" | "7" | "+2" | "+3"))
}

/// Whether a line stands right above date and publisher, as headlines do where nothing else tells them.
fn is_above_header(roles: &[Role], range: &Range<usize>) -> bool {
    roles[range.end..].iter().take(3).find(|role| **role != Role::Furniture) == Some(&Role::Header)
}

/// Whether all of a line is centred, large or bold by the elements around its text.
fn is_set_off(tree: &Tree, line: &Line) -> bool {
    tree.ancestors(line.node).take(4).any(|at| {
        let node = &tree.nodes[at];
        let centred = node.attribute("align").is_some_and(|align| align.eq_ignore_ascii_case("center"));
        let style = node.attribute("style").unwrap_or("").to_ascii_lowercase();
        let large =
            node.name() == "font" && node.attribute("size").is_some_and(|size| size > "3" || size.starts_with('+'));
        centred
            || large
            || matches!(node.name(), "center" | "b" | "strong")
            || style.contains("center")
            || style.contains("bold")
    })
}

/// A title as titles are compared: letters and digits alone.
pub(super) fn compared(title: &str) -> String {
    normal(title).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The site's name in a tab's title: the last part, or the first that ends as names of sites do.
pub(super) fn site_of_tab<'a>(tab: &'a str, title: Option<&str>) -> Option<&'a str> {
    let named = |part: &str| is_medium(part) && part.chars().count() <= 24;
    let parts = tab
        .split(['_', '|', '丨', '｜', '-', '—', '–'])
        .map(|part| part.trim_matches([' ', ':', '：']))
        .filter(|part| !part.is_empty());
    let parts: Vec<&str> =
        parts.filter(|part| title.is_none_or(|title| !compared(title).contains(&compared(part)))).collect();
    // A paper's edition on the web is the paper's: 某某日报数字版.
    let edition = |part: &&str| ["数字", "电子", "多媒体"].iter().find_map(|word| part.find(&format!("报{word}")));
    let paper = parts.iter().find_map(|part| edition(part).map(|at| &part[..at + "报".len()]));
    paper.or_else(|| parts.iter().rev().find(|part| named(part)).copied()).or(of_tab(tab).1)
}

/// The headline and the site's name in a tab's title.
pub(super) fn of_tab(tab: &str) -> (&str, Option<&str>) {
    let (mut title, mut site) = (tab.trim(), None);
    // Site, channel and sub-channel follow the headline, each behind a mark.
    for _ in 0..4 {
        let cut = PARTS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len()))).max();
        let Some((at, length)) = cut else { break };
        let (head, tail) = (title[..at].trim_end_matches(['-', '—', '_', ' ']), title[at + length..].trim());
        let mark = &title[at..at + length];
        let sure = matches!(mark, "_") || site.is_some();
        let named = is_medium(tail);
        if head.trim().is_empty() || tail.chars().count() > 24 || !(sure || named) {
            break;
        }
        if !tail.is_empty() {
            site = site.or(Some(tail));
        }
        title = head.trim();
    }
    (title, site)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_names_the_site_behind_the_headline() {
        for (tab, title, site) in [
            ("虹江集团捐赠口罩_虹江新闻网", "虹江集团捐赠口罩", Some("虹江新闻网")),
            ("虹江集团捐赠口罩-要闻-虹江市人民政府", "虹江集团捐赠口罩", Some("虹江市人民政府")),
            ("虹江集团捐赠口罩 - 虹江在线", "虹江集团捐赠口罩", Some("虹江在线")),
            ("虹江集团捐赠口罩——虹江市科学技术委员会", "虹江集团捐赠口罩", Some("虹江市科学技术委员会")),
            ("虹江—南浦专列首发", "虹江—南浦专列首发", None),
            ("COVID-19疫苗", "COVID-19疫苗", None),
        ] {
            assert_eq!(of_tab(tab), (title, site));
        }
    }
}
