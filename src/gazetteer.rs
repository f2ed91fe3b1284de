//! What is known beforehand: divisions, bodies, title heads, surnames.
//!
//! The asset's sections are text, one entry a line, columns parted by tabs:
//!
//! | section | a line |
//! | --- | --- |
//! | `DIVS` | code, name: provinces (2 digits), cities (4) and counties (6), parents first |
//! | `BODY` | full name, then short forms: central bodies |
//! | `LOCL` | full suffix, then short suffixes: what follows a place name |
//! | `HEAD` | a title, or the end of one: 书记, 副市长 |
//! | `SURN` | a surname |

use crate::article::Division;
use crate::asset::{Asset, AssetKind};
use crate::error::Result;

/// A class of the words the tagger is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lexical {
    /// Divisions, with and without 省 市 县 区.
    Place,
    /// Central bodies, and what follows a place in the name of a local one.
    Body,
    /// Titles.
    Title,
    /// Surnames.
    Surname,
}

impl Lexical {
    /// Every class, in the order of the model's features.
    pub const ALL: [Lexical; 4] = [Lexical::Place, Lexical::Body, Lexical::Title, Lexical::Surname];
}

/// Known words of one class.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Sorted, so that the words with a common beginning are neighbours.
    words: Vec<Box<[char]>>,
    /// Each first character, and the index of the first word that begins with it.
    firsts: Vec<(char, u32)>,
    /// A bit for each character of the basic plane, set for the first ones.
    begins: Vec<u64>,
}

impl Lexicon {
    /// From words in any order.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words: Vec<Box<[char]>> = words.into_iter().map(|word| word.chars().collect()).collect();
        words.retain(|word| !word.is_empty());
        words.sort_unstable();
        words.dedup();
        let mut firsts: Vec<(char, u32)> = (0..).zip(&words).map(|(i, word)| (word[0], i)).collect();
        firsts.dedup_by_key(|first| first.0);
        let mut begins = vec![0; (1 << 16) / 64];
        for (first, _) in &firsts {
            if let Some(bits) = begins.get_mut(*first as usize / 64) {
                *bits |= 1 << (*first as usize % 64);
            }
        }
        Lexicon { words, firsts, begins }
    }

    /// Length of the longest word that `chars` begins with.
    pub fn longest(&self, chars: &[char]) -> Option<usize> {
        let first = *chars.first()?;
        // Most characters begin no word.
        if self.begins.get(first as usize / 64).is_some_and(|bits| bits >> (first as usize % 64) & 1 == 0) {
            return None;
        }
        let at = self.firsts.binary_search_by_key(&first, |first| first.0).ok()?;
        let start = self.firsts[at].1 as usize;
        let end = self.firsts.get(at + 1).map_or(self.words.len(), |next| next.1 as usize);
        let mut range = &self.words[start..end];
        let mut longest = (range[0].len() == 1).then_some(1);
        for (i, c) in chars.iter().enumerate().skip(1) {
            let at = |word: &[char]| word.get(i).copied();
            let first = range.partition_point(|word| at(word) < Some(*c));
            let count = range[first..].partition_point(|word| at(word) == Some(*c));
            range = &range[first..first + count];
            match range.first() {
                None => break,
                Some(word) if word.len() == i + 1 => longest = Some(i + 1),
                Some(_) => {}
            }
        }
        longest
    }
}

/// Province, city, county.
const LEVELS: u32 = 3;
/// Characters of the longest name that can be three levels of divisions.
const LONGEST_DIVISION: usize = 40;

/// The gazetteer asset, decoded.
#[derive(Debug)]
pub struct Gazetteer {
    lexicons: [Lexicon; 4],
    /// Name, with or without its last character, and code; sorted.
    divisions: Vec<(String, u32)>,
    /// Code and full name; sorted.
    names: Vec<(u32, String)>,
}

impl Gazetteer {
    /// Decodes the asset; `name` is what errors call it.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let asset = Asset::open(AssetKind::Gazetteer, name, bytes)?;
        let mut names: Vec<(u32, String)> = Vec::new();
        for (i, line) in asset.text(b"DIVS")?.lines().enumerate() {
            let entry =
                line.split_once('\t').and_then(|(code, name)| Some((code.parse().ok()?, name.into())));
            names.push(entry.ok_or_else(|| asset.invalid(format!("line {} of the divisions", i + 1)))?);
        }
        names.sort_unstable();
        let mut divisions: Vec<(String, u32)> = Vec::with_capacity(2 * names.len());
        for (code, name) in &names {
            divisions.push((name.clone(), *code));
            divisions.extend(short_division(name).map(|short| (short.to_owned(), *code)));
        }
        divisions.sort_unstable();
        let columns = |section| asset.text(section).map(|text| text.split(['\n', '\t']));
        let lexicons = [
            Lexicon::new(divisions.iter().map(|(name, _)| name.as_str())),
            Lexicon::new(columns(b"BODY")?.chain(columns(b"LOCL")?)),
            Lexicon::new(columns(b"HEAD")?),
            Lexicon::new(columns(b"SURN")?),
        ];
        Ok(Gazetteer { lexicons, divisions, names })
    }

    /// The known words of a class.
    pub fn lexicon(&self, class: Lexical) -> &Lexicon {
        &self.lexicons[class as usize]
    }

    /// The division of that name, with or without its 省 市 县 区, or with the divisions above
    /// it in front (山东省滨州市沾化区), if exactly one fits.
    pub fn division(&self, name: &str) -> Option<Division> {
        if name.chars().count() > LONGEST_DIVISION {
            return None;
        }
        let mut codes = self.readings(name, LEVELS);
        codes.sort_unstable();
        codes.dedup();
        match codes[..] {
            [code] => Some(Division { code, path: self.path(code) }),
            _ => None,
        }
    }

    /// The divisions that bear exactly this name.
    fn codes<'a>(&'a self, name: &'a str) -> impl Iterator<Item = u32> + 'a {
        let first = self.divisions.partition_point(|(known, _)| known.as_str() < name);
        self.divisions[first..].iter().take_while(move |(known, _)| known == name).map(|(_, code)| *code)
    }

    /// The divisions that a name of at most so many levels can mean: those that bear it, else
    /// those that bear its end and lie in what its beginning can mean.
    fn readings(&self, name: &str, levels: u32) -> Vec<u32> {
        let borne: Vec<u32> = self.codes(name).collect();
        if !borne.is_empty() || levels == 1 {
            return borne;
        }
        let mut found = Vec::new();
        for (cut, _) in name.char_indices().skip(2) {
            let (above, below) = name.split_at(cut);
            let mut below = self.codes(below).peekable();
            // Most ends are no division, and then the beginning need not be read.
            if below.peek().is_some() {
                let above = self.readings(above, levels - 1);
                found.extend(
                    below.filter(|code| above.iter().any(|a| code / 100 == *a || code / 10_000 == *a)),
                );
            }
        }
        found
    }

    fn path(&self, code: u32) -> String {
        let mut path = String::new();
        for part in [code / 10_000, code / 100, code] {
            if part == 0 {
                continue;
            }
            let Ok(index) = self.names.binary_search_by_key(&part, |(code, _)| *code) else { continue };
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(&self.names[index].1);
        }
        path
    }
}

/// A division's name as it is mostly written: 滨州市 → 滨州, 内蒙古自治区 → 内蒙古. Nothing for
/// names of two characters, which lose their 县 or 区 never.
fn short_division(name: &str) -> Option<&str> {
    const SUFFIXES: [&str; 9] =
        ["特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "县", "区"];
    let short = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix))?;
    (short.chars().count() >= 2).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::write_asset;

    fn gazetteer() -> Gazetteer {
        let divisions = "32\t江苏省\n3201\t南京市\n320106\t鼓楼区\n35\t福建省\n3501\t福州市\n350102\t鼓楼区\n350103\t台江区";
        let sections: [(&[u8; 4], &str); 5] = [
            (b"DIVS", divisions),
            (b"BODY", "国务院\n中华人民共和国外交部"),
            (b"LOCL", "人民政府\n政府"),
            (b"HEAD", "市长\n副市长\n长"),
            (b"SURN", "欧\n欧阳"),
        ];
        let sections = sections.map(|(name, text)| (name, text.as_bytes()));
        Gazetteer::read("gazetteer.mz", &write_asset(AssetKind::Gazetteer, &sections)).unwrap()
    }

    #[test]
    fn a_division_is_found_by_any_of_its_names() {
        let gazetteer = gazetteer();
        let path = |name| gazetteer.division(name).map(|division| division.path);
        assert_eq!(path("台江区").as_deref(), Some("福建省/福州市/台江区"));
        assert_eq!(path("台江").as_deref(), Some("福建省/福州市/台江区"));
        assert_eq!(path("南京市").as_deref(), Some("江苏省/南京市"));
        assert_eq!(path("福建福州鼓楼区").as_deref(), Some("福建省/福州市/鼓楼区"));
        assert_eq!(path("江苏省南京市鼓楼区").as_deref(), Some("江苏省/南京市/鼓楼区"));
    }

    #[test]
    fn an_ambiguous_or_unknown_division_is_not_guessed() {
        assert_eq!(gazetteer().division("鼓楼区"), None);
        assert_eq!(gazetteer().division("江苏省台江区"), None);
        assert_eq!(gazetteer().division("滨州"), None);
        assert_eq!(gazetteer().division(""), None);
    }

    #[test]
    fn a_long_address_is_no_division() {
        assert_eq!(gazetteer().division(&"江苏南京鼓楼区".repeat(5)), None);
        assert_eq!(gazetteer().division(&"南京市".repeat(1000)), None);
    }

    #[test]
    fn the_longest_known_word_counts() {
        let gazetteer = gazetteer();
        let longest = |class, text: &str| gazetteer.lexicon(class).longest(&text.chars().collect::<Vec<_>>());
        assert_eq!(longest(Lexical::Surname, "欧阳修"), Some(2));
        assert_eq!(longest(Lexical::Surname, "欧洲"), Some(1));
        assert_eq!(longest(Lexical::Title, "副市长某"), Some(3));
        assert_eq!(longest(Lexical::Title, "副局长某"), None);
        assert_eq!(longest(Lexical::Place, ""), None);
    }

    #[test]
    fn a_broken_line_is_named() {
        let bytes = write_asset(AssetKind::Gazetteer, &[(b"DIVS", "32\t江苏省\nx\ty".as_bytes())]);
        let error = Gazetteer::read("gazetteer.mz", &bytes).unwrap_err();
        assert_eq!(error.to_string(), "gazetteer.mz: line 2 of the divisions");
    }
}
