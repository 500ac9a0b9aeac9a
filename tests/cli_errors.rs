//! What goes wrong is told in one line that names the place, ends with a failure, and costs nothing that was stored.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;

const NOTE: &str = "甲公司捐赠口罩\n\n甲公司向乙医院捐赠口罩500只。\n";
const FRAME: &str = r#"
name = "Gift"
label = { zh = "赠与", en = "gift" }
[roles]
giver = { accepts = ["Organization"] }
gift = { accepts = ["Product"] }
[[patterns]]
triggers = ["赠与"]
slots = { subject = ["giver"], object = ["gift"] }
"#;

/// A folder with `note.txt`, built into `kg/`, and the files given.
struct Place {
    folder: tempfile::TempDir,
    stored: Vec<(PathBuf, Vec<u8>)>,
}

impl Place {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in [("note.txt", NOTE.as_bytes())].iter().chain(files) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        cargo_bin_cmd!("tupu").current_dir(&folder).args(["build", "note.txt"]).assert().success();
        let stored = stored(folder.path());
        Self { folder, stored }
    }

    /// Runs `tupu`; it must fail with one line, which is returned, and leave what was stored.
    fn refuses(&self, arguments: &[&str]) -> String {
        let mut command = cargo_bin_cmd!("tupu");
        self.fails(command.args(arguments))
    }

    fn fails(&self, command: &mut assert_cmd::Command) -> String {
        let done = command.current_dir(&self.folder).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.starts_with("tupu: "), "{said}");
        assert_eq!(String::from_utf8_lossy(&done.stdout), "");
        assert_eq!(stored(self.folder.path()), self.stored, "what was stored has changed");
        said
    }
}

/// Runs `build`, which must tell one thing in one line and do the rest; gives that line and how many documents are
/// stored beside the note.
fn builds_but_for_one(place: &Place, inputs: &[&str]) -> (String, usize) {
    let done = cargo_bin_cmd!("tupu").current_dir(&place.folder).arg("build").args(inputs).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!((done.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    says(&String::from_utf8_lossy(&done.stdout), &["refused            1"]);
    let stored = stored(place.folder.path());
    assert!(place.stored.iter().all(|document| stored.contains(document)), "what was stored has changed");
    (said, stored.len() - place.stored.len())
}

/// The documents of `kg/`, with their bytes.
fn stored(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder.join("kg/documents")).sort_by_file_name().into_iter();
    let paths = files.map(|e| e.unwrap().into_path()).filter(|path| path.is_file());
    paths.map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is missing in {message}");
    }
}

#[test]
fn a_missing_path() {
    let place = Place::with(&[]);
    says(&place.refuses(&["build", "none"]), &["cannot read none", "check its name"]);
    says(&place.refuses(&["load", "none.jsonl"]), &["cannot read none.jsonl"]);
    says(&place.refuses(&["query", "-f", "none.rq"]), &["none.rq"]);
    says(&place.refuses(&["query", "documents", "--kg", "none"]), &["none", "tupu build"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    let place = Place::with(&[("texts/a.txt", b"")]);
    // A link to itself is unreadable for everybody, also where tests run as root.
    std::os::unix::fs::symlink("loop.txt", place.folder.path().join("texts/loop.txt")).unwrap();
    says(&place.refuses(&["build", "texts/loop.txt"]), &["texts/loop.txt"]);
    let (said, stored) = builds_but_for_one(&place, &["texts"]);
    says(&said, &["texts/loop.txt"]);
    assert_eq!(stored, 1);
}

#[test]
fn bytes_that_are_not_utf8() {
    let cut = [NOTE.as_bytes(), b"\xE5\x8F"].concat();
    let place = Place::with(&[("cut.txt", &cut), ("gb.jsonl", b"\xFF")]);
    says(&place.refuses(&["build", "cut.txt"]), &["cut.txt: byte 66, in line 4", "iconv"]);
    says(&place.refuses(&["load", "gb.jsonl"]), &["gb.jsonl:1", "byte 0"]);
}

#[test]
fn a_broken_line_of_json() {
    let place = Place::with(&[
        ("a.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"b\""),
        ("b.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"b\",\"title\":\"\"}"),
        ("c.jsonl", b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"a\",\"text\":\"\"}"),
    ]);
    // Of annotations all or none are taken, of texts those that can be read.
    says(&place.refuses(&["load", "a.jsonl"]), &["a.jsonl:2", "EOF"]);
    says(&place.refuses(&["load", "b.jsonl"]), &["b.jsonl:2", "missing field `text`"]);
    says(&place.refuses(&["load", "c.jsonl"]), &["\"a\"", "c.jsonl:1", "c.jsonl:2"]);
    for (file, parts) in [
        ("a.jsonl", &["a.jsonl:2", "EOF"][..]),
        ("b.jsonl", &["b.jsonl:2", "--map text="]),
        ("c.jsonl", &["\"a\"", "c.jsonl:1", "c.jsonl:2"]),
    ] {
        let (said, stored) = builds_but_for_one(&place, &[file]);
        says(&said, parts);
        assert_eq!(stored, 1, "{file}");
    }
}

#[test]
fn an_unknown_query() {
    let place = Place::with(&[("more.txt", "乙医院收到口罩。".as_bytes())]);
    says(&place.refuses(&["query", "gifts"]), &["gifts", "documents"]);
    says(&place.refuses(&["build", "more.txt", "--ask", "gifts"]), &["gifts", "documents"]);
    says(&place.refuses(&["query", "documents", "--set", "colour=red"]), &["colour"]);
}

#[test]
fn a_syntax_error_in_sparql() {
    let place = Place::with(&[]);
    says(&place.refuses(&["query", "-e", "SELECT ?x WHERE { ?x a }"]), &["SPARQL", "1:25"]);
}

#[test]
fn a_mention_layer_where_there_is_none() {
    let place = Place::with(&[]);
    says(&place.refuses(&["export", "graphml", "--mentions"]), &["--mentions", "RDF"]);
}

#[test]
fn a_mistake_in_a_frame() {
    let slip = FRAME.replace("giver\"]", "given\"]");
    let false_example = format!("{FRAME}[[examples]]\ntext = \"无事。\"\nfacts = [{{ gift = [\"口罩\"] }}]\n");
    let place = Place::with(&[
        ("slip/gift.toml", slip.as_bytes()),
        ("good/gift.toml", FRAME.as_bytes()),
        ("wrong/gift.toml", false_example.as_bytes()),
        ("empty/readme.md", b""),
    ]);
    for arguments in [&["frames", "check", "slip"][..], &["build", "note.txt", "--frames", "slip"]] {
        says(&place.refuses(arguments), &["slip/gift.toml:7", "given"]);
    }
    says(&place.refuses(&["extract", "note.txt", "--frames", "empty"]), &["empty", "*.toml"]);
    cargo_bin_cmd!("tupu").current_dir(&place.folder).args(["frames", "check", "good"]).assert().success();
    let done = cargo_bin_cmd!("tupu").current_dir(&place.folder).args(["frames", "check", "wrong"]).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&done.stderr), "tupu: 1 of 1 examples do not hold\n");
    says(&String::from_utf8_lossy(&done.stdout), &["无事。"]);
}

#[test]
fn a_workspace_that_cannot_be_written() {
    let place = Place::with(&[("file", b"")]);
    says(&place.refuses(&["build", "note.txt", "--kg", "file"]), &["file"]);
    says(&place.refuses(&["build", "note.txt", "--kg", "file/kg"]), &["file/kg"]);
    says(&place.refuses(&["extract", "note.txt", "-o", "none/a.jsonl"]), &["none/a.jsonl"]);
    says(&place.refuses(&["extract", "note.txt", "-o", "kg"]), &["kg", "folder"]);
}

/// A limit on the size of files refuses writes half-way, as a full disk does.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_while_a_document_is_stored() {
    let long = NOTE.repeat(100);
    let place = Place::with(&[("long/note.txt", long.as_bytes())]);
    let mut command = assert_cmd::Command::new("bash");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" build long/note.txt"])
        .arg(assert_cmd::cargo::cargo_bin!("tupu"));
    says(&place.fails(&mut command), &["kg/documents", "what was stored before is unchanged"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_for_results() {
    let place = Place::with(&[]);
    says(&place.refuses(&["extract", "note.txt", "-o", "/dev/full"]), &["/dev/full", "No space left"]);
    says(&place.refuses(&["export", "graphml", "-o", "/dev/full"]), &["/dev/full", "No space left"]);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let done = std::process::Command::new(assert_cmd::cargo::cargo_bin!("tupu"))
        .current_dir(&place.folder)
        .args(["extract", "note.txt"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1));
    says(&String::from_utf8_lossy(&done.stderr), &["standard output", "No space left"]);
}

#[test]
fn arguments_that_make_no_sense() {
    for arguments in [
        &["extract"][..],
        &["query"],
        &["query", "a", "-e", "b"],
        &["export", "docx"],
        &["extract", "a", "--threads", "0"],
    ] {
        let done = cargo_bin_cmd!("tupu").args(arguments).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(cargo_bin_cmd!("tupu").arg("--help").output().unwrap().status.code(), Some(0));
}
