//! Logging in without sending the password: Digest Access Authentication (RFC 7616), with MD5 and SHA-256.

use std::collections::hash_map::RandomState;
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _};

use md5::{Digest as _, Md5};
use sha2::Sha256;

use super::Credentials;
use super::challenge::Challenge;

/// What a server has asked, and how often it was answered.
#[derive(Debug, Clone)]
pub(super) struct Digest {
    algorithm: Option<String>,
    sha256: bool,
    session: bool,
    realm: String,
    nonce: String,
    opaque: Option<String>,
    qop: bool,
    count: u32,
    client_nonce: String,
}

impl Digest {
    /// Nothing where the challenge is no Digest, or one that is not known here.
    pub fn of(challenge: &Challenge) -> Option<Self> {
        if challenge.scheme != "digest" {
            return None;
        }
        let algorithm = challenge.get("algorithm").map(str::to_owned);
        let name = algorithm.as_deref().unwrap_or("MD5").to_ascii_uppercase();
        let (plain, session) = name.strip_suffix("-SESS").map_or((name.as_str(), false), |plain| (plain, true));
        if !["MD5", "SHA-256"].contains(&plain) {
            return None;
        }
        let qop = challenge.get("qop");
        if qop.is_some_and(|qop| qop.split(',').all(|one| !one.trim().eq_ignore_ascii_case("auth"))) {
            return None;
        }
        Some(Self {
            sha256: plain == "SHA-256",
            session,
            realm: challenge.get("realm").unwrap_or_default().to_owned(),
            nonce: challenge.get("nonce")?.to_owned(),
            opaque: challenge.get("opaque").map(str::to_owned),
            qop: qop.is_some(),
            count: 0,
            // Keyed by the system's random numbers: nobody foresees it.
            client_nonce: format!("{:016x}", RandomState::new().build_hasher().finish()),
            algorithm,
        })
    }

    /// The value of `Authorization` for the next request.
    pub fn answer(&mut self, who: &Credentials, method: &str, path: &str) -> String {
        self.count += 1;
        let count = format!("{:08x}", self.count);
        let Self { realm, nonce, client_nonce, .. } = &*self;
        let mut secret = self.hash(&format!("{}:{realm}:{}", who.user, who.password));
        if self.session {
            secret = self.hash(&format!("{secret}:{nonce}:{client_nonce}"));
        }
        let asked = self.hash(&format!("{method}:{path}"));
        let proof = if self.qop {
            self.hash(&format!("{secret}:{nonce}:{count}:{client_nonce}:auth:{asked}"))
        } else {
            self.hash(&format!("{secret}:{nonce}:{asked}"))
        };
        let mut answer = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, response=\"{proof}\"",
            quoted(&who.user),
            quoted(realm),
            quoted(nonce),
            quoted(path)
        );
        if let Some(algorithm) = &self.algorithm {
            let _ = write!(answer, ", algorithm={algorithm}");
        }
        if let Some(opaque) = &self.opaque {
            let _ = write!(answer, ", opaque={}", quoted(opaque));
        }
        if self.qop || self.session {
            let _ = write!(answer, ", cnonce=\"{client_nonce}\"");
        }
        if self.qop {
            let _ = write!(answer, ", qop=auth, nc={count}");
        }
        answer
    }

    fn hash(&self, text: &str) -> String {
        let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        if self.sha256 { hex(&Sha256::digest(text)) } else { hex(&Md5::digest(text)) }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 7616, section 3.9.1.
    #[test]
    fn the_standards_examples_come_out() {
        for (algorithm, proof) in [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ] {
            let header = format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
                 nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            );
            let mut digest = Digest::of(&Challenge::parse(&header)[0]).unwrap();
            digest.client_nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ".to_owned();
            let who = Credentials { user: "Mufasa".to_owned(), password: "Circle of Life".to_owned() };
            let answer = digest.answer(&who, "GET", "/dir/index.html");
            assert!(answer.contains(&format!("response=\"{proof}\"")) && answer.contains("nc=00000001"), "{answer}");
        }
    }

    #[test]
    fn what_is_not_known_here_is_not_answered() {
        for header in
            ["Basic realm=x", "Digest nonce=1, algorithm=SHA-512-256", "Digest nonce=1, qop=\"auth-int\"", "Digest"]
        {
            assert!(Digest::of(&Challenge::parse(header)[0]).is_none(), "{header}");
        }
    }
}
