use super::*;

/// What each name means, as a short line.
fn read(names: &[&str], context: &[&str]) -> Vec<String> {
    let meanings = Gazetteer::embedded().meanings(names, context);
    let line = |meaning: Meaning<'_>| match meaning {
        Meaning::Known(place) => {
            if place.code.is_empty() {
                place.name.clone()
            } else {
                place.code.clone()
            }
        }
        Meaning::Ambiguous(places) => format!("one of {}", places.len()),
        Meaning::Unlisted { within, local, distinctive } => {
            let within = within.map_or_else(String::new, |place| format!(" in {}", place.name));
            format!("{}{local}{within}", if distinctive { "" } else { "some " })
        }
    };
    meanings.into_iter().map(line).collect()
}

fn alone(name: &str) -> String {
    read(&[name], &[]).concat()
}

fn containers(name: &str) -> Vec<String> {
    let gazetteer = Gazetteer::embedded();
    match gazetteer.meanings(&[name], &[]).as_slice() {
        [Meaning::Known(place)] => gazetteer.containers(place).iter().map(|p| p.name.clone()).collect(),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn all_names_of_a_place_are_one_place() {
    for (names, id) in [
        (&["湖北省咸宁市", "咸宁", "咸宁市", "中国湖北咸宁", "咸寧市", "咸宁地区"][..], "421200"),
        (&["湖北", "湖北省", "鄂", "中国湖北"], "420000"),
        (&["中国", "中华人民共和国", "华"], "中国"),
        (&["纽约", "纽约市", "美国纽约"], "纽约"),
        (&["加州", "加利福尼亚", "美国加利福尼亚州"], "加利福尼亚州"),
        (&["哥斯达黎加共和国", "哥斯达黎加"], "哥斯达黎加"),
        (&["延边州", "吉林延边", "延边朝鲜族自治州"], "222400"),
        (&["拉美", "拉美地区", "拉丁美洲"], "拉丁美洲"),
    ] {
        names.iter().for_each(|name| assert_eq!(alone(name), id, "{name}"));
    }
}

#[test]
fn divisions_keep_their_former_names() {
    for (name, code) in [
        ("襄樊", "420600"),
        ("湖北襄樊市", "420600"),
        ("思茅市", "530800"),
        ("莱芜市", "370116"),
        ("下城区", "330105"),
        ("杭州市江干区", "330102"),
        ("上海市闸北区", "310106"),
        ("密云县", "110118"),
        ("北京市密云县", "110118"),
        ("吴江市", "320509"),
        ("江西上饶县", "361104"),
        ("大同县", "140215"),
        ("山南地区", "540500"),
    ] {
        assert_eq!(alone(name), code, "{name}");
    }
}

#[test]
fn the_document_tells_which_of_several_divisions_is_meant() {
    assert_eq!(alone("鼓楼区"), "one of 4");
    assert_eq!(read(&["鼓楼区", "南京"], &[])[0], "320106");
    assert_eq!(read(&["鼓楼区"], &["福州市第二医院"])[0], "350102");
    assert_eq!(read(&["鼓楼区", "玄武区"], &[])[0], "320106");
    assert_eq!(read(&["鼓楼区", "徐州市鼓楼区", "江苏"], &[])[0], "320302");
    assert_eq!(read(&["鼓楼区", "南京", "福州"], &[])[0], "one of 4");
    assert_eq!(alone("开封市鼓楼区"), "410204");
    assert_eq!(read(&["通州区"], &["南通举行发布会"])[0], "320612");
    assert_eq!(read(&["城关区", "拉萨"], &[])[0], "540102");
    assert_eq!(alone("桥东区"), "130702");
    assert_eq!(read(&["桥东区", "石家庄市桥东区平安村"], &[])[0], "one of 1");
}

#[test]
fn a_short_name_means_the_great_place_unless_a_small_one_is_as_well_known() {
    for (name, meant) in [
        ("吉林", "220000"),
        ("海南", "460000"),
        ("河南", "410000"),
        ("南昌", "360100"),
        ("西安", "610100"),
        ("朝阳", "one of 4"),
        ("通州", "one of 2"),
        ("和平", "one of 3"),
        ("恩施", "one of 2"),
        ("云南大理", "one of 2"),
        ("黄山", "one of 3"),
        ("德州", "one of 2"),
        ("江山", "some 江山"),
        ("昆山", "320583"),
        ("汶川", "513221"),
    ] {
        assert_eq!(alone(name), meant, "{name}");
    }
    assert_eq!(read(&["朝阳", "辽宁"], &[])[0], "211300");
    assert_eq!(read(&["朝阳", "海淀"], &[])[0], "one of 4");
    assert_eq!(read(&["朝阳", "北京"], &[])[0], "110105");
    assert_eq!(read(&["和平", "沈阳"], &[])[0], "one of 3");
    assert_eq!(read(&["德州", "美国"], &[])[0], "得克萨斯州");
    assert_eq!(read(&["江山", "浙江江山市"], &[])[0], "330881");
    assert_eq!(alone("青海海南州"), "632500");
}

#[test]
fn what_no_list_has_lies_where_its_name_begins() {
    for (name, meant) in [
        ("北京市东城区胡家园社区", "胡家园社区 in 东城区"),
        ("东城区胡家园社区", "胡家园社区 in 东城区"),
        ("湖北武汉黄陂区三里镇长堤村", "三里镇长堤村 in 黄陂区"),
        ("河南东部", "东部 in 河南省"),
        ("武汉火车站", "火车站 in 武汉市"),
        ("湖北省城关镇", "some 城关镇 in 湖北省"),
        ("宜昌市光荣村", "some 光荣村 in 宜昌市"),
        ("鼓楼区幸福社区", "some 鼓楼区幸福社区"),
        ("长江", "长江"),
        ("亚丁湾", "亚丁湾"),
        ("西雅图", "西雅图"),
        ("沪杭高速", "沪杭高速"),
        ("图库曼省", "图库曼省"),
    ] {
        assert_eq!(alone(name), meant, "{name}");
    }
    for name in [
        "中山路",
        "人民广场",
        "城关镇",
        "火车站",
        "第一会议室",
        "全国",
        "境外",
        "各地",
        "高速公路",
        "自贸区",
        "31个省份",
        "中方",
        "幸福村",
        "莲花山",
        "老城区",
        "开发区",
        "花桥",
    ] {
        assert_eq!(alone(name), format!("some {name}"));
    }
}

#[test]
fn names_that_only_begin_like_a_place_lie_nowhere() {
    for name in ["南京东路", "北京路步行街", "河北镇", "中山陵园", "杭州湾大桥", "马赛马拉大草原", "华山东线景区"]
    {
        let [Meaning::Unlisted { within: None, .. }] = Gazetteer::embedded().meanings(&[name], &[])[..] else {
            panic!("{name}");
        };
    }
}

#[test]
fn a_village_lies_where_the_document_elsewhere_says() {
    let village = ["洛泽河镇", "昭通市彝良县洛泽河镇"];
    assert_eq!(read(&village, &[]), ["洛泽河镇 in 彝良县", "洛泽河镇 in 彝良县"]);
    let two = ["城关镇", "襄阳市谷城县城关镇", "襄阳市保康县城关镇"];
    assert_eq!(read(&two, &[])[0], "some 城关镇");
    assert_eq!(read(&["高速公路", "昆明市高速公路"], &[])[0], "some 高速公路");
}

#[test]
fn places_lie_in_larger_ones_up_to_the_country() {
    for (name, larger) in [
        ("徐汇区", &["上海市", "中国"][..]),
        ("咸宁市", &["湖北省", "中国"]),
        ("仙桃市", &["湖北省", "中国"]),
        ("琼海市", &["海南省", "中国"]),
        ("石河子市", &["新疆维吾尔自治区", "中国"]),
        ("黄陂区", &["武汉市", "湖北省", "中国"]),
        ("香港", &["中国"]),
        ("台北市", &["台湾省", "中国"]),
        ("湾仔区", &["香港特别行政区", "中国"]),
        ("洛杉矶", &["加利福尼亚州", "美国"]),
        ("巴黎", &["法国"]),
        ("人民大会堂", &["北京市", "中国"]),
        ("中国", &[]),
    ] {
        assert_eq!(containers(name), larger, "{name}");
    }
}

#[test]
fn the_meaning_does_not_depend_on_the_order_of_the_names() {
    let names = ["鼓楼区", "朝阳", "南京", "湖北咸宁", "幸福村", "彝良县幸福村", "德州", "北京"];
    let forward = read(&names, &["郑州大学"]);
    let reversed: Vec<&str> = names.iter().rev().copied().collect();
    let mut backward = read(&reversed, &["郑州大学"]);
    backward.reverse();
    assert_eq!(forward, backward);
}
