//! Where an article is: what the caller says, its masthead or dateline, or the city it speaks
//! of most.

use std::collections::{BTreeSet, HashMap};

use super::named::Named;
use crate::article::{Division, Evidence, Home, Kind};
use crate::date::Date;
use crate::gazetteer::{Divisions, Gazetteer, lies_in, lines};
use crate::text::Gap;

/// What the caller knows of an article besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The division it is about: a name (滨州, 山东省滨州市沾化区) or a code (3716).
    pub place: Option<String>,
    /// Who publishes it: 滨州日报.
    pub publisher: Option<String>,
    /// The host of the address where it was read: `www.binzhou.gov.cn`.
    pub host: Option<String>,
    /// Its day, which goes with the article as it is; nothing is read from it.
    pub date: Option<Date>,
}

/// What the names of papers, stations and their sites end with, longer ones before those
/// that they end with.
#[rustfmt::skip]
const MEDIA: &[&str] = &[
    "融媒体中心", "新闻传媒中心", "广播电视台", "广播电视总台", "传媒集团", "报业集团", "全媒体", "融媒体", "都市报", "新闻网", "电视台", "新闻客户端",
    "客户端", "日报社", "日报", "晚报", "早报", "晨报", "商报", "时报", "融媒", "传媒", "新闻", "发布", "在线", "报", "网",
];

/// Regional papers and sites whose names name no division, and the division they write for.
#[rustfmt::skip]
const OUTLETS: &[(&str, u32)] = &[
    ("大众日报", 37), ("大众网", 37), ("齐鲁晚报", 37), ("齐鲁网", 37), ("鲁网", 37), ("半岛都市报", 3702), ("南方日报", 44), ("羊城晚报", 4401),
    ("新华日报", 32), ("扬子晚报", 32), ("交汇点", 32), ("荔枝新闻", 32), ("龙虎网", 3201), ("解放日报", 31), ("文汇报", 31), ("新民晚报", 31),
    ("东方网", 31), ("钱江晚报", 33), ("楚天都市报", 42), ("荆楚网", 42), ("长江日报", 4201), ("华商报", 61), ("三秦都市报", 61), ("燕赵都市报", 13),
    ("长城网", 13), ("大河报", 41), ("大河网", 41), ("潇湘晨报", 43), ("三湘都市报", 43), ("红网", 43), ("东南网", 35), ("海峡都市报", 35),
    ("大江网", 36), ("中安在线", 34), ("东北网", 23), ("天山网", 65), ("天山日报", 65), ("津云", 12), ("华龙网", 50), ("华西都市报", 51),
    ("北国网", 22), ("多彩贵州网", 52), ("云南网", 53), ("八桂", 45), ("桂林晚报", 4503), ("南国早报", 45), ("南国都市报", 46), ("三晋都市报", 14),
];

/// Agencies and papers that send reports from everywhere.
#[rustfmt::skip]
const WIRES: &[&str] = &[
    "新华社", "中新社", "中新网", "新华网", "人民网", "央广网", "光明网", "中国新闻网", "法新社", "路透社", "央视网",
];

/// What a paper calls itself, whose reporters are where the report is about.
const OWN: &[&str] = &["本报", "本报记者", "本报讯"];

/// Where every paper sends reporters.
const CAPITAL: u32 = 11;

/// Words that end a masthead.
const MASTHEAD_ENDS: &[&str] = &["讯", "电", "记者", "通讯员", "消息", "报道"];

/// What provinces are called with 大地 behind it; those that several share are left out.
#[rustfmt::skip]
const LANDS: &[(&str, u32)] = &[
    ("三晋", 14), ("齐鲁", 37), ("八闽", 35), ("荆楚", 42), ("三秦", 61), ("燕赵", 13), ("中原", 41), ("江淮", 34), ("八桂", 45), ("陇原", 62),
    ("三湘", 43), ("湖湘", 43), ("赣鄱", 36), ("南粤", 44), ("之江", 33), ("辽沈", 21), ("龙江", 23), ("琼州", 46), ("塞上", 64), ("巴渝", 50),
];

/// No masthead is longer.
const LONGEST_MASTHEAD: usize = 28;

/// Which divisions an article names how often.
#[derive(Default)]
pub(super) struct Tally {
    /// By city: 3 for a whole name or a city, 2 for a county's short one, 1 for a short one that a body begins with.
    cities: HashMap<u32, u32>,
    /// The same for counties and for provinces.
    counties: HashMap<u32, u32>,
    provinces: HashMap<u32, u32>,
    /// Counties that names of places begin with by their bare names: 桑植宝塔洛.
    hints: BTreeSet<u32>,
}

impl Tally {
    pub fn add(&mut self, divisions: &Divisions, code: u32, halves: u32) {
        *self.provinces.entry(province(code)).or_default() += halves;
        if let Some(city) = city(divisions, code) {
            *self.cities.entry(city).or_default() += halves;
            if let Some(county) = county(code) {
                *self.counties.entry(county).or_default() += halves;
            }
        }
    }

    /// The city that is named most, when it is no close run, and its share.
    pub fn dominant(&self) -> Option<(u32, f32)> {
        dominant(&self.cities)
    }

    /// Notes that a name of a place begins with the bare name of a county.
    pub fn hint(&mut self, county: u32) {
        self.hints.insert(county);
    }

    /// The city that alone is named, if only once, or that two counties point to.
    fn only_city(&self, divisions: &Divisions) -> Option<u32> {
        let hinted: BTreeSet<u32> = self.hints.iter().filter_map(|county| city(divisions, *county)).collect();
        let mut cities = self.cities.keys().chain(&hinted).copied();
        let only = cities.next().filter(|first| cities.all(|city| city == *first))?;
        (!self.cities.is_empty() || self.hints.len() > 1).then_some(only)
    }

    /// True when several cities are named.
    pub fn is_of_several_cities(&self) -> bool {
        self.cities.len() > 1
    }

    /// How much names a city.
    fn names(&self, city: u32) -> u32 {
        self.cities.get(&city).copied().unwrap_or(0)
    }

    /// True when what names a city are mostly counties of it that are called cities themselves.
    pub fn is_of_county_cities(&self, divisions: &Divisions, city: u32) -> bool {
        let is_city = |code: u32| divisions.name(code).is_some_and(|name| name.ends_with('市'));
        let counties = self.counties.iter().filter(|(code, _)| lies_in(**code, city) && is_city(**code));
        2 * counties.map(|(_, count)| count).sum::<u32>() > self.names(city)
    }

    /// Where nothing else is named, the province in what is no name: 《河北省防洪条例》, 谱写新江苏篇章,
    /// 三秦大地.
    pub fn add_unnamed(&mut self, chars: &[char], divisions: &Divisions) {
        if !self.provinces.is_empty() {
            return;
        }
        for (at, pair) in chars.windows(2).enumerate() {
            let opens = pair[0] == '《';
            let renewed = pair[0] == '新';
            if opens || renewed {
                let behind: String = chars[at + 1..(at + 10).min(chars.len())].iter().collect();
                let Some((length, codes)) = divisions.beginning(&behind) else { continue };
                let whole = |code: &&u32| {
                    **code < 100 && (renewed || divisions.ends_whole(&behind[..length], **code))
                };
                if let Some(code) = codes.iter().find(whole) {
                    self.add(divisions, *code, 3);
                }
            } else if pair == ['大', '地'] && at >= 2 {
                let name: String = chars[at - 2..at].iter().collect();
                if let Some((_, code)) = LANDS.iter().find(|(land, _)| *land == name) {
                    self.add(divisions, *code, 3);
                }
            }
        }
    }

    /// The only province that is named.
    fn province(&self) -> Option<u32> {
        let mut provinces = self.provinces.iter().filter(|(_, count)| **count > 1);
        let (code, _) = provinces.next().filter(|_| self.provinces.len() == 1)?;
        Some(*code)
    }

    /// The same for counties of which this holds.
    pub fn county(&self, of: impl Fn(u32) -> bool) -> Option<(u32, f32)> {
        let counties = self.counties.iter().filter(|(code, _)| of(**code));
        dominant(&counties.map(|(code, count)| (*code, *count)).collect())
    }
}

fn dominant(counts: &HashMap<u32, u32>) -> Option<(u32, f32)> {
    let total: u32 = counts.values().sum();
    let (code, most) = counts.iter().max_by_key(|(code, count)| (**count, std::cmp::Reverse(**code)))?;
    let second = counts.iter().filter(|(other, _)| *other != code).map(|(_, count)| *count).max();
    let clear = *most >= 3 && second.is_none_or(|second| *most >= 4 && *most >= 2 * second);
    (clear && 2 * most > total).then_some((*code, *most as f32 / total as f32))
}

/// The city that a division is or lies in; a municipality is its own, and so is a county
/// right under its province.
pub(super) fn city(divisions: &Divisions, code: u32) -> Option<u32> {
    let county = county(code);
    let four = county.map_or(code, |county| county / 100);
    if four < 100 {
        return is_municipality(four).then_some(four);
    }
    if divisions.name(four).is_some() {
        return Some(four);
    }
    if is_municipality(four / 100) { Some(four / 100) } else { county }
}

fn county(code: u32) -> Option<u32> {
    match code {
        0..10_000 => None,
        10_000..1_000_000 => Some(code),
        _ => Some(code / 1000),
    }
}

/// The province that a division is or lies in.
pub(super) fn province(code: u32) -> u32 {
    lines(code).last().unwrap_or(code)
}

/// Cities that are provinces: 北京 天津 上海 重庆, and 香港 and 澳门.
pub(super) fn is_municipality(province: u32) -> bool {
    matches!(province, 11 | 12 | 31 | 50 | 81 | 82)
}

/// Where the article is, by the strongest of what there is.
pub(super) fn home(
    named: &Named<'_>,
    context: &Context,
    gazetteer: &Gazetteer,
    tally: &Tally,
) -> Option<Home> {
    let divisions = gazetteer.divisions();
    let made = |code: u32, evidence, confidence| {
        let division: Division = divisions.get(code)?;
        Some(Home { division, evidence, confidence })
    };
    if let Some(code) = context.place.as_deref().and_then(|place| place_of(divisions, place)) {
        return made(code, Evidence::Context, 1.0);
    }
    if let Some(code) = context.publisher.as_deref().and_then(|name| outlet(divisions, name)) {
        return made(code, Evidence::Publisher, 0.97);
    }
    if let Some(code) = context.host.as_deref().and_then(|host| gazetteer.of_host(host)) {
        return made(code, Evidence::Publisher, 0.9);
    }
    let masthead = masthead(named, divisions);
    // A province's paper writes for its cities too: the one that it speaks of.
    let dominant = tally.dominant();
    if let Some(code) = masthead {
        let inside = dominant.filter(|(city, _)| code < 100 && city / 100 == code);
        return match inside {
            Some((city, share)) => made(city, Evidence::Masthead, 0.5 + 0.35 * share),
            None => made(code, Evidence::Masthead, 0.95),
        };
    }
    let sent = datelines(named, divisions);
    if let Some(city) = sent.own.filter(|city| *city != CAPITAL) {
        return made(city, Evidence::Dateline, 0.8);
    }
    if let Some((city, share)) = dominant {
        let enough = if tally.names(city) < 4 { 0.75 } else { 1.0 };
        return made(city, Evidence::Places, enough * (0.5 + 0.35 * share));
    }
    if let Some(city) = tally.only_city(divisions).filter(|_| says_our_city(&named.read.chars)) {
        return made(city, Evidence::Places, 0.55);
    }
    if let Some(province) = tally.province() {
        return made(province, Evidence::Places, 0.7);
    }
    made(sent.own.or(sent.other)?, Evidence::Dateline, 0.6)
}

/// The cities that an article was sent from.
struct Datelines {
    /// By the paper's own reporter.
    own: Option<u32>,
    /// By an agency, or nobody says by whom.
    other: Option<u32>,
}

/// Reads the first dateline of each sort.
fn datelines(named: &Named<'_>, divisions: &Divisions) -> Datelines {
    let from = |m: usize| city(divisions, likely(&divisions.meant(&named.written(m)))?);
    let sent = |m: &usize| named.mentions[*m].kind == Kind::Place && is_dateline(named, *m);
    let is_own = |m: &usize| is_behind(named, *m, OWN);
    let places = || (0..named.mentions.len()).filter(sent);
    Datelines {
        own: places().find(is_own).and_then(from),
        other: places().find(|m| !is_own(m)).and_then(from),
    }
}

/// True when the article speaks of its own city: 我市, 全市.
fn says_our_city(chars: &[char]) -> bool {
    chars.windows(3).any(|c| c[1] == '市' && c[2] != '场' && matches!(c[0], '我' | '全' | '本'))
}

/// The division that a caller names, by a name or by its code.
fn place_of(divisions: &Divisions, place: &str) -> Option<u32> {
    let place = place.trim();
    match place.parse::<u32>() {
        Ok(code) => divisions.name(code).map(|_| code),
        Err(_) => likely(&divisions.meant(place)),
    }
}

/// Of several divisions of one name the one that is meant where nothing else is said: the
/// province or city among counties, a county among townships; nothing of several on one level.
pub(super) fn likely(codes: &[u32]) -> Option<u32> {
    let level = |code: u32| match code {
        0..100 => 0,
        100..10_000 => 1,
        10_000..1_000_000 => 2,
        _ => 3,
    };
    let highest = codes.iter().map(|code| level(*code)).min()?;
    let mut fits = codes.iter().filter(|code| level(**code) == highest);
    let (first, second) = (fits.next()?, fits.next());
    second.is_none().then_some(*first)
}

/// The division that an outlet writes for, from its name.
fn outlet(divisions: &Divisions, name: &str) -> Option<u32> {
    if let Some((_, code)) = OUTLETS.iter().find(|(known, _)| name.starts_with(known)) {
        return divisions.name(*code).map(|_| *code);
    }
    let (length, codes) = divisions.beginning(name)?;
    MEDIA.iter().any(|media| name[length..].starts_with(media)).then(|| likely(&codes)).flatten()
}

/// The division of most of the mastheads: 滨州日报/滨州网讯(记者….
fn masthead(named: &Named<'_>, divisions: &Divisions) -> Option<u32> {
    let read = named.read;
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for at in 0..read.len() {
        let opens = matches!(read.chars[at], '(' | '□' | '■' | '●' | '◎' | '【' | '[');
        if read.gaps[at] < Gap::Line && !opens {
            continue;
        }
        let start = at + usize::from(opens);
        let end = (start + LONGEST_MASTHEAD).min(read.len());
        let line: String = read.chars[start..end].iter().collect();
        let Some(stop) = MASTHEAD_ENDS.iter().filter_map(|end| line.find(end)).min() else { continue };
        for part in line[..stop].split(['/', '·', '、', ' ', ',', '(', '|', '-', '&']) {
            if let Some(code) = outlet(divisions, part) {
                *counts.entry(code).or_default() += 1;
            }
        }
    }
    counts.into_iter().max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code))).map(|(code, _)| code)
}

/// True for the place that a report was sent from: 新华社北京3月5日电.
pub(super) fn is_dateline(named: &Named<'_>, mention: usize) -> bool {
    let after: String = named.after(mention, 10).iter().collect();
    let sent = after.find(['电', '讯']).is_some_and(|at| after[..at].ends_with('日'));
    let wire = || is_behind(named, mention, WIRES) || is_behind(named, mention, OWN);
    after.starts_with(|c: char| c.is_ascii_digit()) && sent
        || (sent || after.starts_with(['电', '讯'])) && wire()
}

/// True for a mention right behind one of these words.
fn is_behind(named: &Named<'_>, mention: usize, words: &[&str]) -> bool {
    let before: String = named.before(mention, 5).iter().collect();
    words.iter().any(|word| before.ends_with(word))
}
