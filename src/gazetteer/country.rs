//! Bodies of the whole country and of several countries whose names follow from rules, or that the
//! asset's tables leave out.

/// The parties besides the Communist Party.
#[rustfmt::skip]
const PARTIES: &[(&str, &str)] = &[
    ("民革", "中国国民党革命委员会"), ("民盟", "中国民主同盟"), ("民建", "中国民主建国会"), ("民进", "中国民主促进会"),
    ("农工党", "中国农工民主党"), ("致公党", "中国致公党"), ("九三学社", "九三学社"), ("台盟", "台湾民主自治同盟"),
];

/// Special committees of people's congresses.
#[rustfmt::skip]
const COMMITTEES: &[(&str, &str)] = &[
    ("教科文卫委", "教育科学文化卫生委员会"), ("农业农村委", "农业与农村委员会"), ("农业与农村委", "农业与农村委员会"), ("环资委", "环境与资源保护委员会"),
    ("环境资源委", "环境与资源保护委员会"), ("财经委", "财政经济委员会"), ("监察司法委", "监察和司法委员会"), ("监察和司法委", "监察和司法委员会"),
    ("社会委", "社会建设委员会"), ("社会建设委", "社会建设委员会"), ("宪法法律委", "宪法和法律委员会"), ("宪法和法律委", "宪法和法律委员会"),
    ("民族委", "民族委员会"), ("民宗委", "民族宗教委员会"), ("华侨委", "华侨委员会"), ("外事委", "外事委员会"), ("法制委", "法制委员会"),
    ("侨民宗委", "华侨民族宗教委员会"), ("华侨民族宗教委", "华侨民族宗教委员会"),
];

/// Bodies of several countries, and those that two of one name and the same members are.
#[rustfmt::skip]
const OTHERS: &[(&str, &str)] = &[
    ("经合组织", "经济合作与发展组织"), ("亚太经合组织", "亚太经济合作组织"), ("世卫组织", "世界卫生组织"), ("世贸组织", "世界贸易组织"),
    ("上合组织", "上海合作组织"), ("欧佩克", "石油输出国组织"), ("亚投行", "亚洲基础设施投资银行"), ("国际奥委会", "国际奥林匹克委员会"),
    ("中央军委", "中央军事委员会"),
];

/// The full name of a body of the country or of several countries: 民革中央, 全国人大环资委, 世卫组织.
pub(super) fn country(name: &str) -> Option<String> {
    if let Some(party) = name.strip_suffix("中央").and_then(party) {
        return Some(format!("{party}中央委员会"));
    }
    if let Some(committee) = name.strip_prefix("全国人大").and_then(committee) {
        return Some(format!("全国人民代表大会{committee}"));
    }
    find(OTHERS, name).map(str::to_owned)
}

/// The full name of a party by its short one.
fn party(short: &str) -> Option<&'static str> {
    find(PARTIES, short)
}

/// The full name of a special committee by its short one, or by itself.
pub(super) fn committee(short: &str) -> Option<&'static str> {
    find(COMMITTEES, short).or_else(|| COMMITTEES.iter().map(|(_, full)| *full).find(|full| *full == short))
}

/// The party whose body of a place a name is: 民革|北京市委会, with its full name and the rest.
pub fn party_of(name: &str) -> Option<(&'static str, &str)> {
    PARTIES.iter().find_map(|(short, full)| {
        let rest = name.strip_prefix(full).or_else(|| name.strip_prefix(short))?;
        Some((*full, rest))
    })
}

fn find(table: &'static [(&str, &str)], short: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == short).map(|(_, full)| *full)
}
