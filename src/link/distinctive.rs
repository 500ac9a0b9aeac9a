use crate::lexicon::Lexicon;
use crate::text::normal;
pub fn organization(name: &str, lexicon: &Lexicon) -> bool { lexicon.organizations.contains_key(name) || normal::is_distinguishing(name) }
pub fn person(name: &str) -> bool { name.chars().count()>=2 && !name.contains('某') }
pub fn work(name: &str, _l: &Lexicon) -> bool { name.chars().count()>=4 }
pub fn activity(_name: &str, _l: &Lexicon) -> bool { false }
pub fn product(_n: &str) -> bool { true }
pub fn disease(_n: &str) -> bool { true }
