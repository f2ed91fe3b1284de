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
//! | `CBOD` | full name, then short forms: central bodies, for resolving |
//! | `LBOD` | the same for what follows a place |
//! | `PINY` | what hosts call a province or city (binzhou), code |
//!
//! The tagger was trained on the words of the first five: they stay as they are, and what
//! resolving needs besides stands in sections of its own. `townships.mz` has one section,
//! `TOWN`: the code of a county, then its townships, each with its three digits in front.

mod bodies;
mod country;
mod divisions;
mod entry;
mod extended;
mod lexicon;
mod surnames;

pub use bodies::Bodies;
pub use country::party_of;
pub use divisions::{Divisions, above, lies_in, lines};
pub use entry::Entry;
pub use extended::{EntriesId, Extended};
pub use lexicon::Lexicon;
pub use surnames::DOUBLE_SURNAMES;

use divisions::plain;

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

/// The gazetteer asset, decoded.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    lexicons: [Lexicon; 4],
    divisions: Divisions,
    bodies: Bodies,
    /// What hosts call provinces and cities; sorted.
    hosts: Vec<(Box<str>, u32)>,
}

impl Gazetteer {
    /// Decodes the asset; `name` is what errors call it.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let asset = Asset::open(AssetKind::Gazetteer, name, bytes)?;
        let mut names: Vec<(u32, Box<str>)> = Vec::new();
        for (i, line) in asset.text(b"DIVS")?.lines().enumerate() {
            let entry =
                line.split_once('\t').and_then(|(code, name)| Some((code.parse().ok()?, name.into())));
            names.push(entry.ok_or_else(|| asset.invalid(format!("line {} of the divisions", i + 1)))?);
        }
        let columns = |section| asset.text(section).map(|text| text.split(['\n', '\t']));
        let places = names.iter().flat_map(|(_, name)| [Some(&**name), plain(name)]).flatten();
        let lexicons = [
            Lexicon::new(places),
            Lexicon::new(columns(b"BODY")?.chain(columns(b"LOCL")?)),
            Lexicon::new(columns(b"HEAD")?),
            Lexicon::new(columns(b"SURN")?),
        ];
        let bodies = Bodies::read(asset.text(b"CBOD")?, asset.text(b"LBOD")?);
        let pair = |line: &str| {
            let (word, code) = line.split_once('\t')?;
            Some((word.into(), code.parse().ok()?))
        };
        let mut hosts: Vec<(Box<str>, u32)> = asset.text(b"PINY")?.lines().filter_map(pair).collect();
        hosts.sort_unstable();
        Ok(Gazetteer { lexicons, divisions: Divisions::new(names), bodies, hosts })
    }

    /// Adds what `townships.mz` holds: the level below counties.
    ///
    /// # Errors
    ///
    /// An `Asset…` error that calls the file `name`.
    pub fn add_townships(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let asset = Asset::open(AssetKind::Townships, name, bytes)?;
        let mut names: Vec<(u32, Box<str>)> = Vec::new();
        for (i, line) in asset.text(b"TOWN")?.lines().enumerate() {
            let mut columns = line.split('\t');
            let county = columns.next().and_then(|code| code.parse::<u32>().ok());
            let county = county.filter(|code| (100_000..1_000_000).contains(code));
            for column in columns {
                let entry = county.zip(column.split_at_checked(3)).and_then(|(county, (number, name))| {
                    Some((county * 1000 + number.parse::<u32>().ok()?, name.into()))
                });
                names.push(entry.ok_or_else(|| asset.invalid(format!("line {} of the townships", i + 1)))?);
            }
        }
        self.divisions.extend(names, []);
        Ok(())
    }

    /// Adds what a user knows; it wins over what is known under the same code or name.
    pub fn add_entries(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let (mut names, mut forms) = (Vec::new(), Vec::new());
        for Entry { name, forms: others, code } in entries {
            match code {
                Some(code) => {
                    names.push((code, name.into_boxed_str()));
                    forms.extend(others.into_iter().map(|form| (form.into_boxed_str(), code)));
                }
                None => self.bodies.insert(&name, others.into_iter().map(String::into_boxed_str)),
            }
        }
        // Of several with one code the last.
        names.reverse();
        self.divisions.extend(names, forms);
    }

    /// The known words of a class.
    pub fn lexicon(&self, class: Lexical) -> &Lexicon {
        &self.lexicons[class as usize]
    }

    /// The province or city that a host names in one of its labels: `www.binzhou.gov.cn`, with what
    /// papers and sites add to it (`binzhouw.com`).
    pub fn of_host(&self, host: &str) -> Option<u32> {
        const ADDED: [&str; 10] = ["", "w", "wang", "net", "news", "xw", "rb", "ribao", "daily", "tv"];
        let of = |word: &str| {
            let at = self.hosts.binary_search_by(|(known, _)| (**known).cmp(word)).ok()?;
            Some(self.hosts[at].1)
        };
        let of_label = |label: &str| {
            ADDED.iter().find_map(|added| of(label.strip_suffix(added).filter(|stem| stem.len() >= 4)?))
        };
        host.to_ascii_lowercase().split('.').find_map(of_label)
    }

    /// Divisions with their names.
    pub fn divisions(&self) -> &Divisions {
        &self.divisions
    }

    /// Bodies with their names.
    pub fn bodies(&self) -> &Bodies {
        &self.bodies
    }

    /// The division of that name, with or without its 省 市 县 区, or with the divisions above
    /// it in front (山东省滨州市沾化区), if exactly one fits.
    pub fn division(&self, name: &str) -> Option<Division> {
        match self.divisions.meant(name)[..] {
            [code] => self.divisions.get(code),
            _ => None,
        }
    }

    /// The full name of the body that a division's 妇联, 市委 or 公安局 is: of 3716 and 妇联
    /// 滨州市妇女联合会. A suffix nobody knows stands as it is written.
    pub fn body_of(&self, code: u32, suffix: &str) -> Option<String> {
        Some(self.bodies.of(self.divisions.name(code)?, code, suffix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::write_asset;

    fn gazetteer() -> Gazetteer {
        let divisions = "32\t江苏省\n3201\t南京市\n320106\t鼓楼区\n35\t福建省\n3501\t福州市\n350102\t鼓楼区\n350103\t台江区";
        let sections: [(&[u8; 4], &str); 8] = [
            (b"DIVS", divisions),
            (b"BODY", "国务院\n中华人民共和国外交部"),
            (b"LOCL", "人民政府\n政府"),
            (b"HEAD", "市长\n副市长\n长"),
            (b"SURN", "欧\n欧阳"),
            (b"CBOD", "中华全国妇女联合会\t全国妇联"),
            (b"LBOD", "委员会\t委\n妇女联合会\t妇联\n人民法院\t法院"),
            (b"PINY", "nanjing\t3201"),
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
