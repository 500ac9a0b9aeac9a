//! What a server says of what went wrong, in one line.

/// So many characters of it are shown.
const SHOWN: usize = 240;

/// The message in the body of an answer: of JSON its field, of a page its words, of a text its first paragraph.
pub(super) fn in_one_line(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let message =
        from_json(&text).unwrap_or_else(|| if looks_like_markup(&text) { words(&text) } else { first(&text) });
    let mut line = message
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .fold(String::new(), |line, word| if line.is_empty() { word.to_owned() } else { line + " " + word });
    if let Some((at, _)) = line.char_indices().nth(SHOWN) {
        line.truncate(at);
        line.push('…');
    }
    line.trim_end_matches(['.', ';', ' ']).to_owned()
}

fn from_json(text: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let fields = ["error", "detailedMessage", "message", "error_description"];
    fields.iter().find_map(|field| value.get(field)?.as_str().map(str::to_owned))
}

fn looks_like_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// Markup without its tags, style and scripts.
fn words(markup: &str) -> String {
    let mut words = String::new();
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        words.push(' ');
        let hidden = ["script", "style"]
            .into_iter()
            .find(|name| after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
        let end = hidden.and_then(|name| after.find(&format!("</{name}"))).map_or(after, |at| &after[at + 1..]);
        rest = end.split_once('>').map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    words
}

fn first(text: &str) -> String {
    text.trim().split("\n\n").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_in_what_servers_send() {
        assert_eq!(in_one_line(br#"{"error": "the graph is read-only"}"#), "the graph is read-only");
        let page =
            "<html><head><style>p {}</style><title>Error 404</title></head><body><p>Not\nFound</p></body></html>";
        assert_eq!(in_one_line(page.as_bytes()), "Error 404 Not Found");
        assert_eq!(
            in_one_line(b"Virtuoso 37000 Error SP030:\n syntax error\n\nSPARQL query:\nINSERT"),
            "Virtuoso 37000 Error SP030: syntax error"
        );
        assert_eq!(in_one_line("长".repeat(1000).as_bytes()).chars().count(), SHOWN + 1);
        assert_eq!(in_one_line(b""), "");
    }
}
