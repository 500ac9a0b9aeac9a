//! Addresses of servers. A password that stands in one is kept apart and never shown.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::RemoteError;

/// Where to ask, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Without user, password and fragment; ASCII.
    url: String,
    /// Who asks.
    pub credentials: Option<Credentials>,
}

/// A name and its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

impl fmt::Display for Address {
    /// Without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

/// What an address may not have as it is.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}');

impl Address {
    /// Reads an address such as `http://localhost:7878/update`; `user:password@` before the host are credentials.
    ///
    /// # Errors
    /// Where it is none of HTTP.
    pub fn parse(text: &str) -> Result<Self, RemoteError> {
        // What is shown of an address that cannot be read must not be its password.
        let shown = || text.rsplit_once('@').map_or(text, |(_, after)| after).to_owned();
        let bad = || RemoteError::Address(shown());
        let text = text.split('#').next().unwrap_or_default();
        let (scheme, rest) = text.split_once("://").ok_or_else(bad)?;
        let scheme = scheme.to_ascii_lowercase();
        if !["http", "https"].contains(&scheme.as_str()) {
            return Err(bad());
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (who, host) = authority.rsplit_once('@').map_or((None, authority), |(who, host)| (Some(who), host));
        let url = format!("{scheme}://{host}{}", utf8_percent_encode(path, ESCAPED));
        if host.is_empty() || oxiri::Iri::parse(url.as_str()).is_err() || !host.is_ascii() {
            return Err(bad());
        }
        let credentials = who.map(|who| {
            let (user, password) = who.split_once(':').unwrap_or((who, ""));
            let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            Credentials { user: plain(user), password: plain(password) }
        });
        Ok(Self { url, credentials })
    }

    /// The same server's other address, as whoever asks here.
    #[must_use]
    pub fn with_url(&self, url: String) -> Self {
        Self { url, credentials: self.credentials.clone() }
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.url.split_at(self.path_at()).0
    }

    /// What stands after host and port, the query left out.
    #[must_use]
    pub fn path(&self) -> &str {
        let path = self.url.split_at(self.path_at()).1;
        path.split('?').next().unwrap_or_default()
    }

    /// It with parameters added to its query.
    #[must_use]
    pub fn asking(&self, parameters: &str) -> Self {
        let mark = if self.url.contains('?') { '&' } else { '?' };
        self.with_url(format!("{}{mark}{parameters}", self.url))
    }

    /// Where a server that takes changes here answers queries, if what it is called tells: Oxigraph, Fuseki, GraphDB,
    /// Virtuoso, Neptune, RDFox, Stardog.
    #[must_use]
    pub fn queries(&self) -> Option<Self> {
        const PLACES: [(&str, &str); 13] = [
            ("/sparql/gsp", "/sparql"),
            ("/rdf-graphs/service", ""),
            ("/sparql-graph-crud-auth", "/sparql-auth"),
            ("/sparql-graph-crud", "/sparql"),
            ("/sparql-auth", "/sparql-auth"),
            ("/sparql", "/sparql"),
            ("/update", "/query"),
            ("/query", "/query"),
            ("/statements", ""),
            ("/store", "/query"),
            ("/data", "/query"),
            ("/get", "/query"),
            ("/content", "/sparql"),
        ];
        let path = self.path().trim_end_matches('/');
        let (of, to) = PLACES.iter().find(|(of, _)| path.ends_with(of))?;
        Some(self.with_url(format!("{}{}{to}", self.origin(), path.strip_suffix(of)?)))
    }

    fn path_at(&self) -> usize {
        let host = self.url.find("://").map_or(0, |at| at + 3);
        self.url[host..].find(['/', '?']).map_or(self.url.len(), |at| host + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_apart_and_never_shown() {
        let address = Address::parse("http://dba:geh%40im@host:8890/图/sparql-auth#x").unwrap();
        assert_eq!(address.to_string(), "http://host:8890/%E5%9B%BE/sparql-auth");
        let Credentials { user, password } = address.credentials.clone().unwrap();
        assert_eq!((user.as_str(), password.as_str()), ("dba", "geh@im"));
        assert!(!format!("{address:?}").contains("geh"));
        for bad in ["host:8890/sparql", "ftp://a:geheim@host/", "http://a:geheim@/x", "http://"] {
            let told = Address::parse(bad).unwrap_err().to_string();
            assert!(!told.contains("geheim"), "{told}");
        }
    }

    #[test]
    fn queries_are_answered_beside_updates_where_that_is_known() {
        let beside = |url: &str| Address::parse(url).unwrap().queries().map(|address| address.to_string());
        for (to, query) in [
            ("http://h:7878/update", "http://h:7878/query"),
            ("http://h:7878/store", "http://h:7878/query"),
            ("http://h:3030/ds/data", "http://h:3030/ds/query"),
            ("http://h:7200/repositories/kg/statements", "http://h:7200/repositories/kg"),
            ("http://h:8890/sparql-graph-crud-auth", "http://h:8890/sparql-auth"),
            ("https://h:8182/sparql", "https://h:8182/sparql"),
        ] {
            assert_eq!(beside(to).as_deref(), Some(query));
        }
        assert_eq!(beside("http://h:7878/"), None);
    }
}
