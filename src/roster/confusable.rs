//! How alike two characters sound and look.

use std::collections::{HashMap, HashSet};

use crate::asset::{Asset, AssetKind};
use crate::error::Result;

/// From here on two characters look alike. Set on pairs that people confuse and pairs that nobody
/// does (`tests` below; `docs/roster.md`).
const ALIKE: f32 = 0.6;

/// No name of which there is another one alike is longer, in characters.
const TWIN: usize = 6;

/// Which of two alike characters somebody may have written for the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Confusion {
    /// They are read alike, whatever the tone; 1 for the same syllable, less for neighbours such as n and l.
    Sound(f32),
    /// They look alike; to 1.
    Shape(f32),
}

impl Confusion {
    /// How alike, to 1.
    pub fn degree(self) -> f32 {
        match self {
            Confusion::Sound(degree) | Confusion::Shape(degree) => degree,
        }
    }
}

/// A character as readers and writers meet it.
#[derive(Clone, Debug)]
struct Known {
    /// Numbers of syllables.
    readings: Vec<u16>,
    four_corner: [u8; 4],
    cangjie: [u8; 5],
    /// Numbers of the parts by which dictionaries group characters: 祥 and 样 have 羊.
    phonetics: Vec<u16>,
}

/// Characters with their sounds and shapes, from the Unihan database.
#[derive(Clone, Debug)]
pub struct Confusables {
    known: HashMap<char, Known>,
    syllables: Vec<String>,
    /// Traditional characters with their Simplified ones.
    simple: HashMap<char, char>,
    /// Names of places and bodies that have another one alike: 苏州 and 宿州, 泰州 and 台州.
    twins: HashSet<String>,
}

impl Confusables {
    /// Reads `confusables.mz`.
    ///
    /// # Errors
    ///
    /// Those of the container, and [`crate::Error::AssetInvalid`] when the sections do not fit together.
    pub fn load(name: &str, bytes: &[u8]) -> Result<Self> {
        let asset = Asset::open(AssetKind::Confusables, name, bytes)?;
        let mut read = asset.text(b"READ")?.split('\n');
        let mut four = asset.text(b"FOUR")?.split('\n');
        let mut cangjie = asset.text(b"CANG")?.split('\n');
        let mut groups = asset.text(b"PHON")?.split('\n');
        let mut numbers: HashMap<&str, u16> = HashMap::new();
        let mut known = HashMap::new();
        let short = || asset.invalid("a character has no line");
        for c in asset.text(b"CHAR")?.chars() {
            let mut readings = Vec::new();
            for syllable in read.next().ok_or_else(short)?.split(' ').filter(|syllable| !syllable.is_empty())
            {
                let next = u16::try_from(numbers.len()).map_err(|_| asset.invalid("too many syllables"))?;
                readings.push(*numbers.entry(syllable).or_insert(next));
            }
            let four_corner = code(four.next().ok_or_else(short)?);
            let cangjie = code(cangjie.next().ok_or_else(short)?);
            let numbers = groups.next().ok_or_else(short)?.split(' ').filter(|number| !number.is_empty());
            let phonetics =
                numbers.map(|number| number.parse().map_err(|_| asset.invalid("a group is a number")));
            let phonetics = phonetics.collect::<Result<_>>()?;
            known.insert(c, Known { readings, four_corner, cangjie, phonetics });
        }
        let mut syllables = vec![String::new(); numbers.len()];
        for (syllable, number) in numbers {
            syllables[usize::from(number)] = syllable.to_owned();
        }
        let mut simple = HashMap::new();
        for line in asset.text(b"SIMP")?.split('\n').filter(|line| !line.is_empty()) {
            let mut pair = line.chars();
            let (Some(c), Some(other), None) = (pair.next(), pair.next(), pair.next()) else {
                return Err(asset.invalid("a pair is two characters"));
            };
            simple.insert(c, other);
        }
        let twins =
            asset.text(b"TWIN")?.split('\n').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Ok(Confusables { known, syllables, simple, twins })
    }

    /// Whether one may have been written for the other, and why; `None` for the same character.
    pub fn confusion(&self, one: char, other: char) -> Option<Confusion> {
        if one == other {
            return None;
        }
        let (one, other) = (self.known.get(&one)?, self.known.get(&other)?);
        let sound = self.sound(one, other);
        let shape = shape(one, other);
        match () {
            () if sound >= 1.0 => Some(Confusion::Sound(sound)),
            () if shape >= ALIKE => Some(Confusion::Shape(shape)),
            () if sound > 0.0 => Some(Confusion::Sound(sound)),
            () => None,
        }
    }

    /// A text in Simplified characters, as far as one character answers to one.
    pub fn simplified(&self, text: &str) -> String {
        text.chars().map(|c| self.simple.get(&c).copied().unwrap_or(c)).collect()
    }

    /// Whether two names that differ in this character are two that there are: 苏州大学 and 宿州大学. A place or the words
    /// for a body stand on both sides where they differ.
    pub(super) fn are_two(&self, one: &[char], other: &[char], at: usize) -> bool {
        let known = |name: &[char], from: usize, to: usize| {
            name.get(from..to).is_some_and(|word| self.twins.contains(&word.iter().collect::<String>()))
        };
        (at.saturating_sub(TWIN - 1)..=at)
            .any(|from| (at + 1..=from + TWIN).any(|to| known(one, from, to) && known(other, from, to)))
    }

    fn sound(&self, one: &Known, other: &Known) -> f32 {
        let set: HashSet<u16> = one.readings.iter().copied().collect();
        if other.readings.iter().any(|reading| set.contains(reading)) {
            return 1.0;
        }
        let spoken = |known: &Known| -> HashSet<String> {
            known.readings.iter().map(|reading| blurred(&self.syllables[usize::from(*reading)])).collect()
        };
        if spoken(one).is_disjoint(&spoken(other)) { 0.0 } else { 0.8 }
    }
}

/// A syllable as many people say it, who tell n from l, flat from curled tongues, or front from back nasals no better.
fn blurred(syllable: &str) -> String {
    let mut said = syllable.to_owned();
    for (curled, flat) in [("zh", "z"), ("ch", "c"), ("sh", "s")] {
        if let Some(rest) = said.strip_prefix(curled) {
            said = format!("{flat}{rest}");
        }
    }
    if let Some(rest) = said.strip_prefix('n').filter(|rest| !rest.is_empty()) {
        said = format!("l{rest}");
    }
    for back in ["ang", "eng", "ing"] {
        if said.ends_with(back) {
            said.pop();
        }
    }
    said
}

/// A code padded with zeros.
fn code<const N: usize>(written: &str) -> [u8; N] {
    let mut code = [0; N];
    for (place, letter) in code.iter_mut().zip(written.bytes()) {
        *place = letter;
    }
    code
}

/// How alike two characters look: by the corners of the one system of dictionaries, and by the parts
/// of the other. Who has all corners the same, most parts at the end where the sound is written, or is of one group with
/// the other in dictionaries that go by that part, looks alike too.
fn shape(one: &Known, other: &Known) -> f32 {
    let (parts, rival) = (trimmed(&one.cangjie), trimmed(&other.cangjie));
    if one.four_corner[0] == 0 || other.four_corner[0] == 0 || parts.is_empty() || rival.is_empty() {
        return 0.0;
    }
    let corners = one.four_corner.iter().zip(&other.four_corner).filter(|(one, other)| one == other).count()
        as f32
        / 4.0;
    let longer = parts.len().max(rival.len());
    let share = 1.0 - distance(parts, rival) as f32 / longer as f32;
    let ending = parts.iter().rev().zip(rival.iter().rev()).take_while(|(one, other)| one == other).count();
    let group = one.phonetics.iter().any(|number| other.phonetics.contains(number));
    let alike = group || corners >= 1.0 || (ending >= 2 && 5 * ending >= 3 * longer);
    (0.5 * corners + 0.5 * share).max(if alike { ALIKE } else { 0.0 })
}

fn trimmed(code: &[u8; 5]) -> &[u8] {
    &code[..code.iter().position(|letter| *letter == 0).unwrap_or(code.len())]
}

/// Levenshtein's.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let cost = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confusables() -> Confusables {
        Confusables::load("confusables.mz", include_bytes!("../../assets/confusables.mz")).unwrap()
    }

    #[test]
    fn what_people_confuse_is_alike() {
        let known = confusables();
        let by_sound = ["洁杰", "晓小", "亚雅", "伟玮", "军君", "林琳", "陈程", "志治", "兰南", "民明"];
        let by_shape = [
            "末未", "己已", "铭洺", "钰珏", "桦烨", "治冶", "晖辉", "延廷", "侯候", "拨拔", "泠冷", "祥样",
            "维谁",
        ];
        for (pairs, sound) in [(&by_sound[..], true), (&by_shape[..], false)] {
            for pair in pairs {
                let [one, other] = pair.chars().collect::<Vec<_>>()[..] else { panic!("{pair}") };
                let confusion = known.confusion(one, other);
                assert_eq!(confusion, known.confusion(other, one), "{pair}");
                assert!(confusion.is_some(), "{pair}");
                if sound {
                    assert!(matches!(confusion, Some(Confusion::Sound(_))), "{pair}: {confusion:?}");
                }
            }
        }
    }

    #[test]
    fn what_nobody_confuses_is_not() {
        let known = confusables();
        for pair in ["杰国", "华强", "建文", "丽涛", "东海", "军芳", "立红", "群山", "一龙", "平飞"]
        {
            let [one, other] = pair.chars().collect::<Vec<_>>()[..] else { panic!("{pair}") };
            assert_eq!(known.confusion(one, other), None, "{pair}");
        }
        assert_eq!(known.confusion('杰', '杰'), None);
        assert_eq!(known.confusion('杰', 'A'), None);
        assert_eq!(known.simplified("陳立羣、雲澤市長"), "陈立羣、云泽市长");
    }

    #[test]
    fn two_names_that_there_are_are_known() {
        let known = confusables();
        for (one, other, two) in [
            ("山西省教育厅", "陕西省教育厅", true),
            ("苏州大学", "宿州大学", true),
            ("泰州市政府", "台州市政府", true),
            ("云泽航空学院", "云泽杭空学院", false),
        ] {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            let at = one.iter().zip(&other).position(|(one, other)| one != other).unwrap();
            assert_eq!(known.are_two(&one, &other, at), two, "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_damaged_file_is_refused() {
        use crate::asset::write_asset;
        let short = write_asset(
            AssetKind::Confusables,
            &[
                (b"CHAR", "杰洁".as_bytes()),
                (b"READ", b"jie"),
                (b"FOUR", b"4033"),
                (b"CANG", b"DF"),
                (b"PHON", b""),
                (b"SIMP", b""),
                (b"TWIN", b""),
            ],
        );
        assert_eq!(Confusables::load("c", &short).unwrap_err().code(), "ASSET_INVALID");
        assert_eq!(Confusables::load("c", b"x").unwrap_err().code(), "ASSET_MAGIC");
    }
}
