//! The headline of a page: the line in sight that the page's other titles agree with.

use std::ops::Range;

use super::content::{Role, is_furniture};
use super::lines::Line;
use super::meta::Meta;
use super::tree::{Node, Tree};
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

/// What parts a headline from the name of the site in a tab.
const PARTS: [&str; 10] = ["_", "|", "丨", "｜", " - ", " – ", "——", "--", "—", "-"];

/// What the last part of a tab's title ends with where it is a site's name.
const SITES: [&str; 25] = [
    "网",
    "网站",
    "站",
    "报",
    "社",
    "新闻",
    "频道",
    "政府",
    "门户",
    "客户端",
    "在线",
    "中心",
    "委员会",
    "大学",
    "学院",
    "医院",
    "公司",
    "协会",
    "官网",
    "平台",
    "局",
    "厅",
    "部",
    "集团",
    "网易",
];

/// The headline; `before` is the line with which the article's running text begins.
pub(super) fn headline(tree: &Tree, lines: &[Line], roles: &[Role], meta: &Meta, before: usize) -> Option<Headline> {
    let tab = meta.tab.as_deref().unwrap_or("");
    let said: Vec<String> = meta.titles.iter().map(|title| compared(title)).filter(|t| !t.is_empty()).collect();
    let mut best: Option<(i32, Range<usize>)> = None;
    let mut n = 0;
    while n < lines.len().min(before + BEHIND) {
        let block = lines[n].block;
        let name = tree.nodes[block].name();
        // A headline in a heading may be broken into lines.
        let same = lines[n..].iter().take_while(|line| line.block == block).count();
        let heading = name.starts_with('h') && name.len() == 2 || is_titled(&tree.nodes[block]);
        let whole = if heading && same <= 4 { same } else { 1 };
        for count in if whole > 1 { vec![whole, 1] } else { vec![1] } {
            let range = n..n + count;
            let points = points(tree, lines, roles, &range, tab, &said, meta);
            // Of equals the last is nearest to the text.
            let least = if n > before { LEAST_BEHIND } else { LEAST };
            if points >= least && best.as_ref().is_none_or(|(most, _)| points >= *most) {
                best = Some((points, range));
            }
        }
        n += 1;
    }
    if let Some((_, range)) = best {
        let title = lines[range.clone()].iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        // A title that says the same without breaks is better.
        let unbroken = meta.titles.iter().map(String::as_str).chain([of_tab(tab).0]);
        let own = compared(&title);
        let whole = unbroken.into_iter().find(|title| range.len() > 1 && compared(title) == own).map(str::to_owned);
        return Some(Headline { title: whole.unwrap_or(title), lines: range });
    }
    let title = meta.titles.iter().find(|title| !is_site(title, meta)).cloned();
    let title = title.or_else(|| Some(of_tab(tab).0.to_owned()).filter(|t| !t.is_empty() && !is_site(t, meta)))?;
    Some(Headline { title, lines: 0..0 })
}

fn line_of(lines: &[Line], range: &Range<usize>) -> String {
    lines[range.clone()].iter().map(|line| line.text.as_str()).collect()
}

/// How much speaks for lines as the headline.
fn points(
    tree: &Tree,
    lines: &[Line],
    roles: &[Role],
    range: &Range<usize>,
    tab: &str,
    said: &[String],
    meta: &Meta,
) -> i32 {
    let text = line_of(lines, range);
    let own = compared(&text);
    let length = own.chars().count();
    let line = &lines[range.start];
    if length < 2 || length > LONGEST || is_site(&text, meta) || roles[range.start] == Role::Header {
        return 0;
    }
    let tab_compared = compared(tab);
    let mut points = 0;
    if said.contains(&own) || tab_compared == own || compared(of_tab(tab).0) == own {
        points += 60;
    } else if length >= 6 && tab_compared.starts_with(&own) {
        points += 45;
    } else if length >= 6 && (tab_compared.contains(&own) || said.iter().any(|title| title.contains(&own))) {
        points += 30;
    } else if length >= 10 && own.contains(&compared(of_tab(tab).0)) && compared(of_tab(tab).0).chars().count() >= 8 {
        // Tabs cut long headlines short.
        points += 30;
    }
    let mut heading = 0;
    for node in std::iter::once(line.block).chain(tree.ancestors(line.block)).take(3) {
        let node = &tree.nodes[node];
        heading = heading.max(match node.name() {
            "h1" => 50,
            "h2" => 40,
            "h3" => 30,
            _ => 0,
        });
        heading = heading.max(if is_titled(node) { 36 } else { 0 });
    }
    let header = roles[range.start] == Role::Text && is_above_header(lines, roles, range);
    points += heading.max(if header { 30 } else { 0 });
    points += if is_set_off(tree, line) { 6 } else { 0 };
    if line.is_link() {
        points -= 40;
    }
    if is_furniture(&text) {
        points -= 60;
    }
    if roles[range.start] == Role::Apart {
        points -= 40;
    }
    if text.contains('。') {
        points -= 30;
    }
    points
}

/// Whether an element's id or class speaks of a headline.
fn is_titled(node: &Node) -> bool {
    let names = [node.attribute("class"), node.attribute("id")].into_iter().flatten();
    names.map(str::to_ascii_lowercase).any(|name| {
        ["title", "headline", "biaoti", "tit"].iter().any(|word| name.contains(word))
            && !["sub", "site", "small", "fu", "list"].iter().any(|word| name.contains(word))
    })
}

/// Whether a line stands right above date and publisher, as headlines do where nothing else tells them.
fn is_above_header(lines: &[Line], roles: &[Role], range: &Range<usize>) -> bool {
    let next = (range.end..lines.len()).find(|n| roles[*n] != Role::Furniture);
    next.is_some_and(|n| roles[n] == Role::Header && n <= range.end + 2)
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

/// Whether a title is the site's name and nothing else.
fn is_site(title: &str, meta: &Meta) -> bool {
    let title = compared(title);
    meta.site.as_deref().is_some_and(|site| compared(site) == title)
        || meta.tab.as_deref().and_then(|tab| of_tab(tab).1).is_some_and(|site| compared(site) == title)
}

/// The site's name in a tab's title: the last part, or the first that ends as names of sites do.
pub(super) fn site_of_tab<'a>(tab: &'a str, title: Option<&str>) -> Option<&'a str> {
    let named = |part: &str| SITES.iter().any(|ending| normal(part).ends_with(ending)) && part.chars().count() <= 24;
    let parts = tab.split(['_', '|', '丨', '｜', '-', '—', '–']).map(str::trim).filter(|part| !part.is_empty());
    let parts: Vec<&str> =
        parts.filter(|part| title.is_none_or(|title| !compared(title).contains(&compared(part)))).collect();
    parts.iter().rev().find(|part| named(part)).copied().or(of_tab(tab).1)
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
        let named = SITES.iter().any(|ending| normal(tail).ends_with(ending));
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
