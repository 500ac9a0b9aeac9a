//! Stretches of digits and Chinese numerals, and what they amount to.

use crate::annotation::Bound;

/// A stretch of digits or numerals, read.
pub(super) struct Core {
    /// The byte after it.
    pub end: usize,
    /// Its value and the bound that stands inside; `None` where it is no number.
    pub value: Option<(f64, Option<Bound>)>,
    /// Whether it is a number by itself, not only before a measure word.
    pub sure: bool,
}

/// The stretch that begins at byte `at`, if one does.
pub(super) fn at(text: &str, at: usize) -> Option<Core> {
    let first = text[at..].chars().next()?;
    if digit(first).is_some() { Some(arabic(text, at)) } else { is_sign(first).then(|| chinese(text, at)) }
}

/// The value of one digit, Arabic (half or full width) or Chinese.
pub(super) fn digit_value(c: char) -> Option<u32> {
    digit(c).and_then(|d| d.to_digit(10)).or_else(|| chinese_digit(c))
}

/// The ASCII digit of an Arabic one, half or full width.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        _ => None,
    }
}

/// The value of one Chinese digit.
pub(crate) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The power of ten of a unit.
pub(crate) fn exponent(c: char) -> Option<i32> {
    Some(match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        _ => return None,
    })
}

fn is_sign(c: char) -> bool {
    chinese_digit(c).is_some() || exponent(c).is_some() || matches!(c, '几' | '数')
}

/// The units that multiply what stands before byte `at`: their end and their power of ten. `千` of `千克` is none.
fn multiplier(text: &str, at: usize) -> (usize, i32) {
    let (mut end, mut power) = (at, 0);
    let mut chars = text[at..].chars().peekable();
    while let Some(c) = chars.next() {
        let Some(e) = exponent(c) else { break };
        let measure = match c {
            '千' => matches!(chars.peek(), Some('克' | '米' | '瓦' | '伏' | '卡' | '焦' | '帕')),
            '百' => matches!(chars.peek(), Some('分')),
            '十' => true,
            _ => false,
        };
        if measure {
            break;
        }
        end += c.len_utf8();
        power += e;
    }
    (end, power)
}

/// `20多万`: the word between digits and their unit, where one stands, and where it ends.
fn inner_bound(text: &str, at: usize) -> Option<(usize, Bound)> {
    let mut chars = text[at..].chars();
    let bound = match chars.next()? {
        '多' | '余' => Bound::Over,
        '几' | '来' => Bound::About,
        _ => return None,
    };
    let end = at + '多'.len_utf8();
    (multiplier(text, end).0 > end).then_some((end, bound))
}

/// Reads Arabic digits with thousands separators, decimals and units (`3亿5000万`) from byte `start`.
fn arabic(text: &str, start: usize) -> Core {
    let (mut end, mut value, mut bound, mut last) = (start, 0.0, None, i32::MAX);
    loop {
        let (after, figures) = figures(text, end);
        let mut stop = after;
        let inner = inner_bound(text, after);
        if let Some((at, b)) = inner {
            (stop, bound) = (at, Some(b));
        }
        let (stop, power) = multiplier(text, stop);
        if power >= last {
            break;
        }
        // The decimal is parsed with its exponent, so that 153.9万 is exactly 1539000.
        let Ok(part) = format!("{figures}e{power}").parse::<f64>() else { break };
        value += part;
        (end, last) = (stop, power);
        if power == 0 || !text[end..].starts_with(|c| digit(c).is_some()) {
            break;
        }
    }
    Core { end, value: value.is_finite().then_some((value, bound)), sure: true }
}

/// The digits from byte `start`, as ASCII with a decimal point, and their end.
fn figures(text: &str, start: usize) -> (usize, String) {
    let mut out = String::new();
    let mut end = start;
    let run = |from: usize| text[from..].chars().take_while(|c| digit(*c).is_some());
    let push = |out: &mut String, end: &mut usize| {
        for c in run(*end).collect::<Vec<_>>() {
            out.extend(digit(c));
            *end += c.len_utf8();
        }
    };
    push(&mut out, &mut end);
    if out.len() <= 3 {
        while text[end..].starts_with(',') && run(end + 1).count() == 3 {
            end += 1;
            push(&mut out, &mut end);
        }
    }
    if let Some(point) = text[end..].chars().next().filter(|c| matches!(c, '.' | '．'))
        && run(end + point.len_utf8()).next().is_some()
    {
        end += point.len_utf8();
        out.push('.');
        push(&mut out, &mut end);
    }
    (end, out)
}

/// Reads Chinese numerals from byte `start`; the whole stretch is taken even where it is no number.
fn chinese(text: &str, start: usize) -> Core {
    let mut signs = text[start..].chars();
    let vague = signs.next().filter(|c| matches!(c, '几' | '数'));
    if let Some(c) = vague
        && signs.next().and_then(exponent).is_none()
    {
        // The noun of 人数三百 ends here, and the number begins.
        return Core { end: start + c.len_utf8(), value: None, sure: false };
    }
    let mut end = start;
    for c in text[start..].chars().take_while(|c| is_sign(*c)) {
        end += c.len_utf8();
    }
    let mut value = numeral(&text[start..end]);
    if let (Some((v, b)), Some((at, inner))) = (value, inner_bound(text, end)) {
        let (stop, power) = multiplier(text, at);
        end = stop;
        value = Some((v * 10f64.powi(power), b.or(Some(inner))));
    }
    let signs = text[start..end].chars().count();
    let bare = text[start..].chars().next().is_some_and(|c| exponent(c).is_some_and(|e| e > 1));
    Core { end, value, sure: signs > 1 && !bare }
}

/// The value of a stretch of numerals. `None` for digits side by side (`七〇八`, `三四十`) and for a lone `几` or `数`.
fn numeral(signs: &str) -> Option<(f64, Option<Bound>)> {
    let (mut total, mut section) = (0.0, 0.0);
    let mut pending: Option<f64> = None;
    let (mut last, mut zero, mut vague) = (0.0, false, false);
    for (i, c) in signs.chars().enumerate() {
        if let Some(d) = chinese_digit(c) {
            if pending.is_some() {
                return None;
            }
            if d == 0 {
                zero = true;
            } else {
                pending = Some(f64::from(d));
            }
        } else if let Some(e) = exponent(c) {
            let unit = 10f64.powi(e);
            if e < 4 {
                section += pending.take().unwrap_or(1.0) * unit;
            } else {
                let part = section + pending.take().unwrap_or(0.0);
                // 万亿 and 千万: a unit multiplies what stands before it, or one where nothing does.
                let part = if part == 0.0 && last < 1e4 { 1.0 } else { part };
                if part == 0.0 {
                    total *= unit;
                } else {
                    total += part * unit;
                }
                section = 0.0;
            }
            (last, zero) = (unit, false);
        } else {
            // 几十 and 数千 stand for one of the unit, 十几 for nothing more.
            vague = true;
            if pending.is_some() || (i > 0 && c == '数') {
                return None;
            }
            if last == 0.0 {
                pending = Some(1.0);
            }
        }
    }
    if vague && last == 0.0 {
        return None;
    }
    if let Some(d) = pending {
        // 两万五 is 25,000.
        section += if last >= 100.0 && !zero && !vague { d * last / 10.0 } else { d };
    }
    let value = total + section;
    (value > 0.0 || signs == "零").then_some((value, vague.then_some(Bound::About)))
}
