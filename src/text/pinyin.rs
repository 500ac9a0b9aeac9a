//! How Chinese characters are read aloud, for finding names by the keys that people type.

use pinyin::ToPinyinMulti as _;

/// The syllables that a character may be, without tones: 重 is `zhong` or `chong`. One that it may be in several tones is
/// told several times. Nothing for what is no Chinese character. The readings are those of the Unicode and pinyin-data lists.
pub fn syllables(c: char) -> impl Iterator<Item = &'static str> {
    c.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain)
}

/// Whether `keys` (lower-case letters) may be typed for the beginning of `name`: each character by its syllable or the
/// first letter or letters of it, anything else by itself.
#[must_use]
pub fn begins(name: &[char], keys: &str) -> bool {
    if keys.is_empty() {
        return true;
    }
    let Some((first, rest)) = name.split_first() else { return false };
    let mut sounds = syllables(*first).peekable();
    if sounds.peek().is_none() {
        let lower: String = first.to_lowercase().collect();
        return keys.strip_prefix(lower.as_str()).is_some_and(|keys| begins(rest, keys));
    }
    sounds.any(|sound| {
        // Of a syllable its first letter, `zh`, `ch`, `sh`, or all of it; the last one may be typed in part.
        let typed =
            [1, 2, sound.len()].into_iter().filter(|n| *n == 1 || *n == sound.len() || sound[1..].starts_with('h'));
        sound.starts_with(keys)
            || typed
                .filter_map(|n| sound.get(..n))
                .any(|part| keys.strip_prefix(part).is_some_and(|keys| begins(rest, keys)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_found(name: &str, keys: &str) -> bool {
        begins(&name.chars().collect::<Vec<_>>(), keys)
    }

    #[test]
    fn initials_syllables_and_what_is_between_them_find_a_name() {
        for keys in ["w", "whs", "wuhan", "wuhshi", "wuha", "whshi", "wuhans"] {
            assert!(is_found("武汉市", keys), "{keys}");
        }
        for keys in ["wx", "han", "whsx", "wuhx"] {
            assert!(!is_found("武汉市", keys), "{keys}");
        }
        assert!(is_found("泰坦科技A5有限公司", "ttkja5yx"));
    }

    #[test]
    fn a_character_of_several_readings_is_found_by_each() {
        assert!(is_found("重庆", "cq") && is_found("重庆", "zq") && is_found("重庆", "chongqing"));
    }
}
