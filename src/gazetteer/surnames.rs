//! Surnames that are known without the asset.

/// Surnames of two characters that news knows.
pub const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "司徒", "皇甫", "尉迟", "公孙", "令狐", "慕容",
    "夏侯", "东方", "端木", "百里", "呼延", "南宫", "长孙", "宇文", "轩辕", "独孤", "申屠", "太史", "濮阳",
    "淳于", "单于", "澹台",
];
