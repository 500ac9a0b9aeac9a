//! A page saved from the web as a single file, with its pictures (MHTML, RFC 2557): the page's own bytes and its address.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, MessageParser, MimeHeaders, PartType};

/// The page in a web archive.
pub(super) struct Page {
    /// As the site sent it, in whatever encoding.
    pub html: Vec<u8>,
    pub url: Option<String>,
}

/// The page that a web archive holds. An error says what is wrong and what to do, without the file's name.
pub(super) fn page(bytes: &[u8]) -> Result<Page, String> {
    let none = || "this web archive holds no page; save the page anew, as HTML".to_owned();
    let message = MessageParser::default().parse(bytes).ok_or_else(none)?;
    // Frames come behind the page that they stand in.
    let part = message.parts.iter().find(|part| matches!(part.body, PartType::Html(_))).ok_or_else(none)?;
    let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let raw = bytes.get(place(part.offset_body)..place(part.offset_end)).ok_or_else(none)?;
    let html = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    let snapshot = message.header(HeaderName::Other("Snapshot-Content-Location".into()));
    let url = snapshot.and_then(|value| value.as_text()).or_else(|| part.content_location());
    let url = url.filter(|url| url.starts_with("http")).map(str::to_owned);
    Ok(Page { html: html.ok_or_else(none)?, url })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_comes_out_as_the_site_sent_it() {
        let archive = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example.org/a.html\r\n\
                       MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"----b\"\r\n\r\n\
                       ------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
                       Content-Location: https://news.example.org/a.html\r\n\r\n<h1>=BF=DA=D5=D6</h1>=\r\n<p>a</p>\r\n\
                       ------b\r\nContent-Type: text/html\r\n\r\n<p>advertisement</p>\r\n------b--\r\n";
        let Page { html, url } = page(archive.as_bytes()).unwrap();
        assert_eq!(html.trim_ascii(), b"<h1>\xBF\xDA\xD5\xD6</h1><p>a</p>");
        assert_eq!(url.as_deref(), Some("https://news.example.org/a.html"));
        for broken in [&b""[..], b"MIME-Version: 1.0\r\n\r\nno page", &archive.as_bytes()[..200]] {
            assert!(page(broken).is_err());
        }
    }
}
