//! Which division a body belongs to by its own name: 滨州市教育局, 中共滨州市委员会, 山东大学.

use crate::gazetteer::{Divisions, Gazetteer, party_of};

/// What stands before the place in the full names of local bodies.
const BEFORE_PLACE: &[&str] = &["中共", "共青团", "国家税务总局", "中国人民政治协商会议"];

/// How the names of bodies end that bear their province's without being one of it by any table.
const OF_PROVINCE: &[&str] = &["大学", "学院", "医院", "银行", "日报", "晚报", "电视台"];

/// The divisions that a body's name begins with.
pub(super) struct Seat<'n> {
    /// What follows the division.
    pub suffix: &'n str,
    /// What it can be; one at least.
    pub codes: Vec<u32>,
    /// True when the division is named in full: 滨州市, and not 滨州.
    pub whole: bool,
}

/// Reads the division at the front of a body's name.
///
/// One that is named in full counts always. A bare one does only where what follows is known to stand
/// behind a place: 上海合作组织 is none of 上海's, and 中山大学 not in 中山市.
/// Of the parties' own bodies (民革北京市委会) what follows the party's name is read.
pub(super) fn seat<'n>(name: &'n str, gazetteer: &Gazetteer) -> Option<Seat<'n>> {
    let divisions = gazetteer.divisions();
    let name = BEFORE_PLACE.iter().find_map(|before| name.strip_prefix(before)).unwrap_or(name);
    let name = party_of(name).map_or(name, |(_, rest)| rest);
    let (length, codes) = divisions.beginning(name)?;
    let (place, suffix) = name.split_at(length);
    // 香港特区 is as full a name as the other.
    let whole =
        |code: &u32| divisions.ends_whole(place, *code) || matches!(code, 81 | 82) && place.ends_with("特区");
    let in_full: Vec<u32> = codes.iter().copied().filter(whole).collect();
    if !in_full.is_empty() {
        return Some(Seat { suffix, codes: in_full, whole: true });
    }
    let known = gazetteer.bodies().is_local(suffix);
    let counts = |code: &u32| match code {
        0..100 => known || OF_PROVINCE.iter().any(|end| suffix.ends_with(end)),
        100..10_000 => known,
        // 共和党 has nothing to do with 共和县, nor 红旗小学 with 红旗区.
        _ => false,
    };
    let codes: Vec<u32> = codes.into_iter().filter(counts).collect();
    (!codes.is_empty()).then_some(Seat { suffix, codes, whole: false })
}

/// True when a name begins with a division that itself begins with a level: 镇江市教育局 is no body
/// of a 镇, nor 市北区政府 one of a 市.
pub(super) fn hides_level(name: &str, level: char, gazetteer: &Gazetteer) -> bool {
    let divisions: &Divisions = gazetteer.divisions();
    let Some((length, codes)) = divisions.beginning(name) else { return false };
    let (place, suffix) = name.split_at(length);
    let rest = &name[level.len_utf8()..];
    let whole = codes.iter().any(|code| divisions.ends_whole(place, *code));
    // 市中院 is the court of a city, and 镇江教育局 none of a 镇.
    whole || gazetteer.bodies().is_local(suffix) && !gazetteer.bodies().is_local(rest)
}
