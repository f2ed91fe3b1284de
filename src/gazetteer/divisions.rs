//! Administrative divisions: their names and short forms, and which lies in which.

use crate::article::Division;

/// Levels that a name may join: province, city, county, township.
const LEVELS: u32 = 4;
/// Characters of the longest name that can be several levels of divisions.
const LONGEST: usize = 40;

/// Peoples in the names of autonomous divisions, which news leaves out: 恩施土家族苗族自治州
/// is 恩施州.
#[rustfmt::skip]
const PEOPLES: &[&str] = &[
    "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族",
    "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族",
    "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族", "鄂温克族",
    "保安族", "裕固族", "独龙族", "各族", "蒙古", "哈萨克", "柯尔克孜", "锡伯", "塔吉克",
];

/// The division above, by the digits of the code; 0 above a province.
pub fn above(code: u32) -> u32 {
    if code < 1_000_000 { code / 100 } else { code / 1000 }
}

/// True when `code` is `outer` or lies in it.
pub fn lies_in(code: u32, outer: u32) -> bool {
    lines(code).any(|step| step == outer)
}

/// A division's code and those above it, itself first. Some of those above have no name of
/// their own (1101 between 北京市 and its districts).
pub fn lines(code: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(code), |code| Some(above(*code))).take_while(|code| *code != 0)
}

/// Names of divisions and their codes.
#[derive(Clone, Debug, Default)]
pub struct Divisions {
    /// Code and full name; sorted.
    names: Vec<(u32, Box<str>)>,
    /// A name or short form, and the code; sorted.
    forms: Vec<(Box<str>, u32)>,
}

impl Divisions {
    /// From codes and full names, with the short forms that follow from these.
    pub fn new(names: Vec<(u32, Box<str>)>) -> Self {
        let mut divisions = Divisions::default();
        divisions.extend(names, []);
        divisions
    }

    /// Adds divisions, and forms besides those that follow from their names. A code that is
    /// known gets the new name.
    pub fn extend(&mut self, names: Vec<(u32, Box<str>)>, forms: impl IntoIterator<Item = (Box<str>, u32)>) {
        for (code, name) in &names {
            self.forms.push((name.clone(), *code));
            // Without its 镇 or 乡 a township is a word like any other (和平, 渤海).
            if *code < 1_000_000 {
                self.forms.extend(short_forms(name).into_iter().map(|form| (form.into(), *code)));
            }
        }
        self.forms.extend(forms);
        self.forms.sort_unstable();
        self.forms.dedup();
        // Newest first among those of one code, of which the first stays.
        let mut all = names;
        all.append(&mut self.names);
        all.sort_by_key(|(code, _)| *code);
        all.dedup_by_key(|(code, _)| *code);
        self.names = all;
    }

    /// The full name of a division.
    pub fn name(&self, code: u32) -> Option<&str> {
        let at = self.names.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        Some(&self.names[at].1)
    }

    /// True when a name ends with the full name of the division: 惠民县, and not 惠民.
    pub fn ends_whole(&self, name: &str, code: u32) -> bool {
        self.name(code).is_some_and(|full| name.ends_with(full))
    }

    /// The division of a code, with its path.
    pub fn get(&self, code: u32) -> Option<Division> {
        self.name(code)?;
        let mut steps: Vec<&str> = lines(code).filter_map(|step| self.name(step)).collect();
        steps.reverse();
        Some(Division { code, path: steps.join("/") })
    }

    /// The codes of the divisions that bear exactly this name or short form.
    pub fn bearing<'a>(&'a self, name: &'a str) -> impl Iterator<Item = u32> + 'a {
        let first = self.forms.partition_point(|(form, _)| &**form < name);
        self.forms[first..].iter().take_while(move |(form, _)| &**form == name).map(|(_, code)| *code)
    }

    /// The divisions that a name can mean, alone or with those above it in front
    /// (山东省滨州市沾化区, 滨州沾化): sorted, each once.
    pub fn meant(&self, name: &str) -> Vec<u32> {
        if name.chars().count() > LONGEST {
            return Vec::new();
        }
        let mut codes = self.readings(name, LEVELS);
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The longest beginning of `text` that is a division by itself or with those above it: its
    /// length in bytes, and what it can mean.
    pub fn beginning(&self, text: &str) -> Option<(usize, Vec<u32>)> {
        let mut found = None;
        let mut outer: Vec<u32> = Vec::new();
        let mut start = 0;
        // One level after the other; of each the longest name that lies in what stands before it.
        for _ in 0..LEVELS {
            let rest = &text[start..];
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(LONGEST);
            let fits = |end: &usize| {
                let borne = self.bearing(&rest[..*end]);
                let inside =
                    |code: &u32| outer.is_empty() || outer.iter().any(|o| lies_in(*code, *o) && code != o);
                let codes: Vec<u32> = borne.filter(inside).collect();
                (!codes.is_empty()).then_some((*end, codes))
            };
            let ends: Vec<usize> = ends.take_while(|end| self.begins(&rest[..*end])).collect();
            let Some((length, codes)) = ends.iter().rev().find_map(fits) else { break };
            start += length;
            outer.clone_from(&codes);
            found = Some((start, codes));
        }
        found
    }

    /// True when some name or short form begins like this.
    fn begins(&self, beginning: &str) -> bool {
        let first = self.forms.partition_point(|(form, _)| &**form < beginning);
        self.forms.get(first).is_some_and(|(form, _)| form.starts_with(beginning))
    }

    /// The divisions that a name of at most so many levels can mean: those that bear it, else
    /// those that bear its end and lie in what its beginning can mean.
    fn readings(&self, name: &str, levels: u32) -> Vec<u32> {
        let borne: Vec<u32> = self.bearing(name).collect();
        if !borne.is_empty() || levels == 1 {
            return borne;
        }
        let mut found = Vec::new();
        for (cut, _) in name.char_indices().skip(2) {
            let (above, below) = name.split_at(cut);
            let mut below = self.bearing(below).peekable();
            // Most ends are no division, and then the beginning need not be read.
            if below.peek().is_some() {
                let above = self.readings(above, levels - 1);
                found.extend(below.filter(|code| above.iter().any(|a| a != code && lies_in(*code, *a))));
            }
        }
        found
    }
}

/// A division's name as the tagger's lists have it: 滨州市 → 滨州, 内蒙古自治区 → 内蒙古. Nothing
/// for names of two characters, which lose their 县 or 区 never.
pub(super) fn plain(name: &str) -> Option<&str> {
    const SUFFIXES: [&str; 9] =
        ["特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "县", "区"];
    let short = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix))?;
    is_name(short).then_some(short)
}

/// How news writes a division besides its full name: 延边朝鲜族自治州 is 延边 and 延边州.
fn short_forms(name: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for (long, short) in [("自治州", "州"), ("自治县", "县"), ("自治旗", "旗")] {
        let Some(whole) = name.strip_suffix(long) else { continue };
        let mut stem = whole;
        while let Some(rest) = PEOPLES.iter().find_map(|people| stem.strip_suffix(people)) {
            if !is_name(rest) {
                break;
            }
            stem = rest;
        }
        forms.extend([stem.to_owned(), format!("{stem}{short}"), format!("{stem}{long}")]);
        // 东乡族自治县 is called by nothing but its people, and is 东乡县 all the same.
        if let Some(people) =
            stem.strip_suffix('族').filter(|people| PEOPLES.contains(&stem) && is_name(people))
        {
            forms.extend([people.to_owned(), format!("{people}{short}")]);
        }
        return forms;
    }
    if let Some(stem) = name.strip_suffix("特别行政区") {
        forms.push(format!("{stem}特区"));
    }
    const ENDS: [&str; 6] = ["地区", "林区", "特区", "新区", "群岛", "盟"];
    let stem = ENDS.iter().find_map(|end| name.strip_suffix(end)).filter(|stem| is_name(stem));
    forms.extend(stem.or_else(|| plain(name)).map(str::to_owned));
    forms
}

/// No name has one character only.
fn is_name(short: &str) -> bool {
    short.chars().nth(1).is_some()
}
