//! What a server wants to know of whoever asks: the header `WWW-Authenticate` (RFC 9110, section 11.6.1).

use std::collections::BTreeMap;

/// One way to log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Challenge {
    /// Its name, in lower case: `basic`, `digest`.
    pub scheme: String,
    parameters: BTreeMap<String, String>,
}

impl Challenge {
    /// The value of a parameter, by its name in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// The challenges of a header; several may stand in one.
    pub fn parse(header: &str) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for part in parts(header) {
            let name_end = part.find(['=', ' ', '\t']).unwrap_or(part.len());
            let (first, rest) = part.split_at(name_end);
            let value = rest.trim_start();
            if value.starts_with('=') {
                if let Some(challenge) = all.last_mut() {
                    challenge.add(part);
                }
            } else {
                let mut challenge = Self { scheme: first.to_ascii_lowercase(), parameters: BTreeMap::new() };
                challenge.add(value);
                all.push(challenge);
            }
        }
        all
    }

    fn add(&mut self, parameter: &str) {
        if let Some((name, value)) = parameter.split_once('=') {
            self.parameters.insert(name.trim().to_ascii_lowercase(), unquoted(value.trim()));
        }
    }
}

/// What stands between commas that are not quoted.
fn parts(header: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in header.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(&header[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&header[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) else {
        return value.to_owned();
    };
    let (mut plain, mut escaped) = (String::new(), false);
    for c in inner.chars() {
        if c == '\\' && !escaped {
            escaped = true;
        } else {
            escaped = false;
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_challenges_of_one_header_are_told_apart() {
        let all =
            Challenge::parse(r#"Digest realm="a, \"b\"", qop="auth,auth-int",nonce=7, Basic realm="x", Negotiate"#);
        let names: Vec<&str> = all.iter().map(|challenge| challenge.scheme.as_str()).collect();
        assert_eq!(names, ["digest", "basic", "negotiate"]);
        assert_eq!(all[0].get("realm"), Some(r#"a, "b""#));
        assert_eq!((all[0].get("qop"), all[0].get("nonce")), (Some("auth,auth-int"), Some("7")));
        assert_eq!(all[1].get("realm"), Some("x"));
    }
}
