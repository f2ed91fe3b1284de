//! The words that the grammar reads between spans.

/// After these a title in apposition precedes its holder: 作为市长，王某….
pub(super) const AS: &[&str] = &["作为", "身为", "作为一名", "身为一名"];

/// Verbs that give a person an office: 任命王某为局长.
#[rustfmt::skip]
pub(super) const APPOINT: &[&str] = &[
    "任命", "任命了", "提名", "选举", "推选", "聘任", "聘请", "推举", "增补", "补选", "决定", "聘", "选",
];

/// Verbs that take an office from a person, besides those that a person does alone.
pub(super) const REMOVE: &[&str] = &["免去", "免除", "罢免", "撤销"];

/// Titles of bylines, whose people are parted by spaces alone.
pub(crate) const BYLINE: &[&str] = &["记者", "通讯员", "编辑", "摄影", "编译", "实习生"];

/// What may stand between a body and its office, longer ones before those they end with.
#[rustfmt::skip]
pub(super) const MODIFIERS: &[&str] = &[
    "新一届", "上一届", "另一位", "第一任", "首届", "当时的", "党的", "时任", "现任", "新任", "首任", "前任", "候任", "当时", "一名", "一位", "首位", "我国", "该国",
    "本届", "挂职", "原", "前", "新", "该", "名", "位", "兼", "代", "的",
];

/// Verbs that stand between a person and the office: 王某任局长.
#[rustfmt::skip]
pub(super) const VERBS: &[&str] = &[
    "担任", "出任", "就任", "兼任", "升任", "接任", "转任", "调任", "历任", "曾任", "现任", "时任", "任", "当选为", "当选", "成为", "任职",
    "不再担任", "不再兼任", "辞去", "卸任", "被免去", "被免", "被罢免", "被撤销", "被任命为", "被选举为", "被推选为", "被聘为", "被提名为",
    "为", "是", "系", "当",
];

/// What may stand between such a verb and the title besides a body.
#[rustfmt::skip]
pub(super) const TAILS: &[&str] = &[
    "全国", "我市", "我省", "该村", "该市", "该县", "本村", "全省", "全市", "乡村",
];

/// The ends of words that name a body or a place.
#[rustfmt::skip]
pub(super) const BODY_END: &[&str] = &[
    "局", "委", "会", "部", "院", "厅", "处", "办", "室", "署", "所", "队", "社", "中心", "公司", "集团", "大学", "学校", "中学", "小学", "政府", "政协",
    "人大", "军", "团", "组", "站", "街道", "镇", "乡", "村", "社区", "省", "市", "县", "区", "州", "国", "银行", "系", "科", "妇联", "工商联", "文联",
    "科协", "残联", "侨联", "馆", "台", "网", "厂", "行", "园", "联盟", "支部", "总支", "党组", "专班",
];

/// Words that bring in another subject or another voice between a person and a verb.
#[rustfmt::skip]
pub(super) const OTHER_SUBJECT: &[&str] = &[
    "说", "表示", "称", "指出", "强调", "介绍", "认为", "要求", "希望", "祝贺", "支持", "提名", "推荐", "宣布", "感谢", "欢迎", "邀请", "会见",
    "同意", "任命", "批准", "建议", "决定", "父亲", "母亲", "妻子", "丈夫", "儿子", "女儿", "秘书", "不再", "没有", "未", "对", "向", "让",
    "请", "由", "被", "据", "问", "如果", "取代", "接替",
];
