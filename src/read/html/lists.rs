//! What stands in the element that holds an article and is not of it: lists of other articles, what follows it, labels.

use super::content::{APART_SHARE, LEAST_ARTICLE, Sums};
use super::furniture::ends_sentence;
use super::lines::Line;
use super::tree::Tree;
use crate::read::header::words::{bare, is, is_section};
use crate::text::normal::normal;

/// Labels and names beside an article have at most this many characters.
const LONGEST_STRAY: usize = 16;
/// There are at most so many of them on either side.
const MOST_STRAYS: usize = 6;

/// Drops lists of other articles below their labels, and what follows an article.
pub(super) fn drop_lists(tree: &Tree, lines: &[Line], root: usize, sums: &Sums, kept: &mut [bool]) {
    let range = sums.lines(tree, root);
    let whole = sums.of(tree, root).max(1);
    let mut n = range.start;
    while n < range.end {
        let simple = if lines[n].length <= 40 { normal(&lines[n].text) } else { String::new() };
        let bare = bare(&simple);
        let label = bare.split(['(', ':', '/', '|', '>']).next().unwrap_or("").to_owned();
        let short = bare.chars().count() <= 20;
        if short
            && (is("closing", bare) || is("closing", &label))
            && sums.before[n] - sums.before[range.start] >= LEAST_ARTICLE.max(whole / 5)
        {
            kept[n..range.end].fill(false);
            return;
        }
        // The heads of lists side by side.
        let heads = bare.contains('\t') && bare.split('\t').all(|cell| is_section(cell.trim()));
        if heads || short && (is_section(bare) || is_section(&label)) {
            let end = list_end(tree, lines, root, sums, n, whole);
            kept[n..end].fill(false);
            n = end;
        } else {
            n += 1;
        }
    }
}

/// Drops labels and names that stand before and behind all running text, outside the element that holds it.
pub(super) fn drop_strays(tree: &Tree, lines: &[Line], sums: &Sums, kept: &mut [bool]) {
    let running = |n: &usize| kept[*n] && sums.before[*n] < sums.before[n + 1] && ends_sentence(&lines[*n].text);
    let (Some(first), Some(last)) = ((0..kept.len()).find(running), (0..kept.len()).rfind(running)) else { return };
    let mut around = tree.ancestors(lines[first].block).filter(|at| tree.nodes[*at].end > lines[last].node);
    let Some(core) = around.next() else { return };
    let inside = core..tree.nodes[core].end;
    let stray = |n: &usize| {
        !inside.contains(&lines[*n].node) && lines[*n].length <= LONGEST_STRAY && !lines[*n].text.contains('\t')
    };
    // More of them are a list that is of the article, as one of donors.
    for strays in
        [(0..first).filter(|n| kept[*n]).collect::<Vec<_>>(), (last + 1..kept.len()).filter(|n| kept[*n]).collect()]
    {
        if strays.len() <= MOST_STRAYS {
            strays.iter().filter(|n| stray(n)).for_each(|n| kept[*n] = false);
        }
    }
}

/// Where the list below the label in line `n` ends: with the element that holds both, or, where that is the article's,
/// before the next sentence.
fn list_end(tree: &Tree, lines: &[Line], root: usize, sums: &Sums, n: usize, whole: usize) -> usize {
    for ancestor in std::iter::once(lines[n].node).chain(tree.ancestors(lines[n].node)) {
        if ancestor <= root {
            break;
        }
        let held = sums.lines(tree, ancestor);
        let after = sums.before[held.end] - sums.before[n];
        if held.end > n + 1 {
            // An element that begins with the label, behind an article, is the list however long.
            let own = held.start == n && sums.before[n] - sums.before[sums.lines(tree, root).start] >= LEAST_ARTICLE;
            if own || after * 100 < whole * APART_SHARE {
                return held.end;
            }
            break;
        }
    }
    let end = sums.lines(tree, root).end;
    (n + 1..end).find(|m| ends_sentence(&lines[*m].text) && !lines[*m].is_link()).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::super::document;

    const TEXT: &str = "2月9日，康达医疗向县医院捐赠口罩2000只。";

    fn text(html: &str) -> String {
        document("a.html".into(), html).unwrap().document.text
    }

    #[test]
    fn lists_behind_an_article_are_left_out_whatever_they_are_made_of() {
        let teaser =
            "<div><h2>诱饵集团向武汉捐赠100万元</h2><p>诱饵集团向武汉捐赠100万元，有关人士表示，还会再捐。</p></div>";
        for list in [
            format!("<div><h2>相关阅读</h2>{teaser}{teaser}{teaser}</div>"),
            "<table><tr><td>最新热点<td>相关文章<tr><td>诱饵集团向武汉捐赠100万元<td>诱饵商会捐赠呼吸机</table>".into(),
            "<p>▶ 往期回顾</p><p>▶ <a href=1>诱饵集团向武汉捐赠100万元</a></p>".into(),
            "<div><p>本周热榜</p><p>诱饵集团向武汉捐赠100万元，还会再捐。</p></div>".into(),
            "<p>【广告】诱饵集团口罩限时五折。</p><p>湖滨报社版权所有，未经许可不得转载。</p>".into(),
            "<p>网友评论：（只显示最新10条。）</p><p>诱饵集团也捐赠了100万元。</p>".into(),
        ] {
            let html = format!(
                "<title>口罩到位_湖滨网</title><div><h1>口罩到位</h1><div>2020-02-10 来源：湖滨网</div>\
                 <div><p>{TEXT}</p><p>院长陶然致谢，说：“口罩来得太及时了。”</p></div>{list}</div>"
            );
            assert_eq!(text(&html), format!("口罩到位\n{TEXT}\n院长陶然致谢，说：“口罩来得太及时了。”\n"), "{list}");
        }
    }

    #[test]
    fn labels_beside_the_text_are_no_lines_of_it_but_signatures_are() {
        let html = format!(
            "<title>口罩到位_湖滨网</title><article><h1>口罩到位</h1><p>来源：湖滨网</p><div><p>{TEXT}</p><p>院长致谢。</p><p>县医院</p></div>\
             <ul><li>时事大家谈</ul><div>#口罩</div></article>"
        );
        assert_eq!(text(&html), format!("口罩到位\n{TEXT}\n院长致谢。\n县医院\n"));
    }
}
