//! How much room words take, and how long ones are fitted.

use unicode_width::UnicodeWidthChar as _;

/// From line to line, in sizes of the type.
pub(in crate::export) const LINE: f64 = 1.25;
/// The height of one line with what fonts leave above and below, in sizes of the type; those of Noto Sans CJK are the
/// highest.
const HEIGHT: f64 = 1.45;
/// How far the base line lies below the top of that.
pub(super) const ASCENT: f64 = 1.16;

/// Words in lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// The lines; none where there is nothing to say.
    pub lines: Vec<String>,
    /// The size of the type, in pixels.
    pub size: f64,
    /// Whether they are the whole of what was to be said, but for white space.
    pub whole: bool,
}

impl Words {
    /// Words in at most `lines` lines of at most `width` sizes of the type; what is longer is shortened in the middle.
    #[must_use]
    pub fn fit(text: &str, size: f64, width: f64, lines: usize) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if text.is_empty() {
            return Self { lines: Vec::new(), size, whole: true };
        }
        if ems(&text) <= width {
            return Self { lines: vec![text], size, whole: true };
        }
        if lines > 1
            && let Some((first, second)) = halves(&text, width)
        {
            return Self { lines: vec![first, second], size, whole: true };
        }
        // Where a line may not break just there, two lines hold less than twice as much.
        let tries = [2.0, 1.9, 1.8, 1.7, 1.6, 1.5].into_iter().filter(|_| lines > 1);
        let lines = tries.map(|share| halves(&shortened(&text, width * share), width)).find_map(|halves| halves);
        let lines = lines.map_or_else(|| vec![shortened(&text, width)], |(first, second)| vec![first, second]);
        Self { lines, size, whole: false }
    }

    /// One line as it is.
    #[must_use]
    pub fn line(text: String, size: f64) -> Self {
        Self { lines: vec![text], size, whole: true }
    }

    /// How wide they are, in pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.lines.iter().map(|line| ems(line)).fold(0.0, f64::max) * self.size
    }

    /// How high they are, in pixels.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    pub fn height(&self) -> f64 {
        match self.lines.len() {
            0 => 0.0,
            lines => self.size * (HEIGHT + LINE * (lines - 1) as f64),
        }
    }
}

/// The width of a line in sizes of the type: no less than what common fonts need.
pub(super) fn ems(line: &str) -> f64 {
    line.chars().map(em).sum()
}

fn em(c: char) -> f64 {
    match c {
        ' ' | '|' | 'i' | 'j' | 'l' | 'I' | '\'' | ',' | '.' | ':' | ';' | '!' | 'f' => 0.34,
        '(' | ')' | '[' | ']' | '{' | '}' | '-' | 't' | 'r' | '/' | '\\' => 0.42,
        'w' | 'm' | 'M' | 'W' | '%' | '@' => 0.96,
        'A'..='Z' | '&' => 0.76,
        ' '..='~' => 0.63,
        '\u{1f000}'..='\u{1faff}' => 1.4,
        _ => match (c.width(), c.width_cjk()) {
            (Some(0) | None, _) => 0.0,
            (_, Some(2)) => 1.02,
            _ if c < '\u{600}' => 0.8,
            _ => 1.1,
        },
    }
}

/// Text broken into two lines of at most this width, as even as may be: between characters that are wide, or at a space.
fn halves(text: &str, width: f64) -> Option<(String, String)> {
    let mut best: Option<(f64, usize)> = None;
    let breaks = text.char_indices().skip(1).filter(|(at, c)| may_break(text, *at, *c));
    for (at, _) in breaks {
        let (first, second) = text.split_at(at);
        let (a, b) = (ems(first.trim_end()), ems(second.trim_start()));
        let longer = a.max(b);
        if longer <= width && best.is_none_or(|(than, _)| longer < than) {
            best = Some((longer, at));
        }
    }
    let (first, second) = text.split_at(best?.1);
    Some((first.trim_end().to_owned(), second.trim_start().to_owned()))
}

/// Whether a line may begin with the character at this place.
fn may_break(text: &str, at: usize, c: char) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back()).unwrap_or(' ');
    let wide = |c: char| c.width() == Some(2);
    let closes = "，。、；：！？）》」』”’·—,.;:!?)]}%".contains(c) || c.width() == Some(0);
    let opens = "（《「『“‘([{".contains(before);
    !closes && !opens && (wide(c) || wide(before) || before == ' ' || before == '-')
}

/// Text with so much left out of its middle that it is at most so wide.
pub(super) fn shortened(text: &str, width: f64) -> String {
    if ems(text) <= width {
        return text.to_owned();
    }
    let (mut left, room) = (width - em('…'), text.chars().count());
    let all: Vec<char> = text.chars().collect();
    // The beginning and the end in turn; the beginning tells more and goes first.
    let (mut front, mut back) = (0, 0);
    while front + back < room {
        let from_front = front <= back;
        let at = if from_front { front } else { room - 1 - back };
        let next = all.get(at).copied().map_or(0.0, em);
        if next > left {
            break;
        }
        left -= next;
        if from_front { front += 1 } else { back += 1 }
    }
    let head: String = all.iter().take(front).collect();
    let tail: String = all.iter().skip(room - back).collect();
    format!("{}…{}", head.trim_end(), tail.trim_start_matches(|c: char| c.is_whitespace() || c.width() == Some(0)))
}
