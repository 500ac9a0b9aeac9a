//! A build that is killed, refused or out of room loses nothing, and finished later gives what it would have given.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use tupu::annotation::Annotation;
use tupu::workspace::Workspace;

#[path = "common/tree.rs"]
mod tree;
#[path = "common/tupu.rs"]
mod tupu_command;

use tree::tree;
use tupu_command::tupu;

/// How often a build is killed.
const KILLS: u32 = 50;
/// Enough to be killed among: reading them takes about as long as getting ready to.
const DOCUMENTS: usize = 240;

type Tree = BTreeMap<String, Option<Vec<u8>>>;

/// A folder with `texts.jsonl`, and with `kg/` as it was built from an earlier edition of them: a third are not in it, a
/// third have another text there.
struct Corpus {
    folder: tempfile::TempDir,
    /// `kg/` before it is built, and when that is done.
    before: Tree,
    after: Tree,
    /// How long building it takes.
    takes: Duration,
}

impl Corpus {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |name: &str, texts: &mut dyn Iterator<Item = (usize, usize)>| {
            let line = |(n, sum): (usize, usize)| {
                let text = format!("2月{}日，江北某某科技有限公司向武汉市第{n}医院捐赠口罩{sum}只。", n % 28 + 1);
                serde_json::json!({"id": format!("{n}.txt"), "text": text}).to_string() + "\n"
            };
            fs::write(root.join(name), texts.map(line).collect::<String>()).unwrap();
        };
        let earlier = |n: usize| (n, if n % 3 == 1 { 500 } else { 600 });
        write("earlier.jsonl", &mut (1..=DOCUMENTS).filter(|n| n % 3 > 0).map(earlier));
        write("texts.jsonl", &mut (1..=DOCUMENTS).map(|n| (n, 600)));
        tupu(root, &["build", "earlier.jsonl"]);
        let before = tree(&root.join("kg"));
        let copy = Self::put(&before, root, "finished");
        let started = Instant::now();
        tupu(root, &["build", "texts.jsonl", "--kg", "finished"]);
        let (takes, after) = (started.elapsed(), tree(&copy));
        // It is what is built anew, too.
        tupu(root, &["build", "texts.jsonl", "--kg", "anew"]);
        assert!(tree(&root.join("anew")) == after && after != before);
        Self { folder, before, after, takes }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Lays a tree out as a folder.
    fn put(tree: &Tree, root: &Path, name: &str) -> PathBuf {
        let folder = root.join(name);
        fs::create_dir(&folder).unwrap();
        for (name, bytes) in tree {
            match bytes {
                Some(bytes) => fs::write(folder.join(name), bytes).unwrap(),
                None => fs::create_dir(folder.join(name)).unwrap(),
            }
        }
        folder
    }

    fn build(&self, kg: &str) -> Command {
        let mut command = Command::new(cargo_bin("tupu"));
        command.current_dir(self.root()).args(["build", "texts.jsonl", "--kg", kg]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Kills a build after so long, and finishes it. Gives how many documents it had come to.
    fn killed(&self, after: Duration, kg: &str, from_nothing: bool, kill: impl Fn(&mut Child)) -> usize {
        let folder = self.root().join(kg);
        if !from_nothing {
            Self::put(&self.before, self.root(), kg);
        }
        let mut child = self.build(kg).spawn().unwrap();
        thread::sleep(after);
        kill(&mut child);
        child.wait().unwrap();
        let come = if folder.exists() { tree(&folder) } else { Tree::new() };
        let is_whole = |(name, bytes): (&String, &Option<Vec<u8>>)| {
            let part = name.ends_with(".part") || bytes.is_none();
            part || [&self.before, &self.after].into_iter().any(|tree| tree.get(name) == Some(bytes))
        };
        assert!(come.iter().all(is_whole), "a file is neither as it was nor as it should become");
        // One that had not begun to be made is made anew; any other opens and answers.
        if come.contains_key("manifest.json") {
            tupu(self.root(), &["status", "--kg", kg]);
            tupu(self.root(), &["query", "documents", "--kg", kg]);
        }
        tupu(self.root(), &["build", "texts.jsonl", "--kg", kg]);
        assert!(tree(&folder) == self.after, "finished, it is not what an uninterrupted build gives");
        fs::remove_dir_all(&folder).unwrap();
        come.iter().filter(|(name, bytes)| bytes.is_some() && self.after.get(*name) == Some(bytes)).count()
    }
}

fn signal(name: &str, child: &Child) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn a_build_killed_at_any_moment_can_be_finished() {
    let corpus = Corpus::new();
    // Every fiftieth of the time has its kill, at a moment within it that a fixed series of numbers chooses.
    let moment = |n: u32| corpus.takes * (n * 1000 + n.wrapping_mul(2_654_435_761) % 1000) / (KILLS * 1000);
    let kills = |worker: u32| {
        let own = (0..KILLS).filter(move |n| n % 2 == worker);
        own.map(|n| corpus.killed(moment(n), &format!("kg{n}"), n % 5 == 4, |child| child.kill().unwrap())).collect()
    };
    let come: Vec<usize> = thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|worker| scope.spawn(move || -> Vec<usize> { kills(worker) })).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let among = come.iter().filter(|come| (DOCUMENTS / 3 + 2..=DOCUMENTS).contains(come)).count();
    assert!(among > 0, "no build was killed among its documents: {come:?}");
    // As whoever presses Ctrl-C does.
    for n in 2..4 {
        corpus.killed(corpus.takes * n / 4, &format!("interrupted{n}"), false, |child| signal("-INT", child));
    }
}

/// Waits until a process has taken the lock and named itself in it.
fn named(lock: &Path) -> String {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        match fs::read_to_string(lock) {
            Ok(name) if name.ends_with('\n') && name.contains("tupu build") => return name.trim().to_owned(),
            _ if Instant::now() > deadline => panic!("nobody takes {}", lock.display()),
            _ => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// A build that waits for its texts.
fn waiting(root: &Path) -> Child {
    let mut command = Command::new(cargo_bin("tupu"));
    command.current_dir(root).args(["build", "-", "--as", "jsonl"]).stdin(Stdio::piped()).stdout(Stdio::null());
    command.spawn().unwrap()
}

#[test]
fn of_two_builds_the_second_says_who_writes_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("a.txt"), "甲公司向乙医院捐赠口罩500只。\n").unwrap();
    tupu(root, &["build", "a.txt"]);
    let mut first = waiting(root);
    let name = named(&root.join("kg/lock"));
    assert!(name.starts_with(&format!("process {}", first.id())), "{name}");
    let before = tree(&root.join("kg"));
    for refused in [&["build", "a.txt"][..], &["remove", "a.txt"], &["build"]] {
        let done = Command::new(cargo_bin("tupu")).current_dir(root).args(refused).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), said.lines().count()), (Some(1), 1), "{refused:?}: {said}");
        assert!(said.contains(&name) && said.contains("kg/lock"), "{said}");
    }
    assert_eq!(tree(&root.join("kg")), before);
    // Whoever reads does not wait.
    assert!(tupu(root, &["query", "donations", "--format", "csv"]).contains("乙医院"));
    let line = r#"{"id": "b.txt", "text": "甲公司向丙医院捐赠手套。"}"#;
    first.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    assert!(first.wait().unwrap().success());
    assert!(tupu(root, &["status", "--list"]).contains("current\tb.txt"));
    assert_eq!(fs::read_to_string(root.join("kg/lock")).unwrap(), "", "nobody writes any more");
}

#[test]
fn a_reader_beside_a_writer_sees_each_document_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let kg = Workspace::create_or_open(&folder.path().join("kg"), None).unwrap();
    let annotation = |n: usize, text: &str| {
        let json = serde_json::json!({"id": format!("{n}"), "text": text.repeat(2000)});
        Annotation::from_json(&json.to_string()).unwrap()
    };
    // These are there all the time.
    (0..40).for_each(|n| kg.writer().unwrap().put(&annotation(n, "口"), None, "test").unwrap());
    thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for round in 0..20 {
                let mut writer = kg.writer().unwrap();
                for n in 0..40 {
                    writer.put(&annotation(n, if round % 2 == 0 { "罩" } else { "口" }), None, "test").unwrap();
                    // These come and go.
                    writer.put(&annotation(100 + n, "手"), None, "test").unwrap();
                    writer.remove(&format!("{}", 100 + n)).unwrap();
                }
            }
        });
        let mut read = 0;
        while !writing.is_finished() || read == 0 {
            let annotations = kg.annotations().unwrap();
            let texts: Vec<&str> = annotations.iter().map(|a| a.text.as_str()).collect();
            assert!(texts.iter().all(|text| text.chars().count() == 2000 && text.chars().all(|c| text.starts_with(c))));
            assert_eq!(annotations.iter().filter(|a| a.id.len() < 3).count(), 40);
            read += 1;
        }
        writing.join().unwrap();
    });
}

#[test]
fn a_write_that_fails_is_told_in_one_line_and_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("texts")).unwrap();
    fs::write(root.join("texts/a.txt"), "甲公司向乙医院捐赠口罩500只。\n").unwrap();
    fs::write(root.join("texts/b.txt"), "甲公司向乙医院捐赠手套。\n".repeat(1000)).unwrap();
    tupu(root, &["build", "texts", "--kg", "whole"]);
    // No file may have more than so many blocks; what is written past that fails, as on a full disk.
    let limited = |blocks: u32| {
        let shell = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build texts");
        let tupu = cargo_bin("tupu");
        let done = Command::new("sh").current_dir(root).arg("-c").arg(shell).arg(tupu).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.starts_with("tupu: kg/") && said.contains("cannot write"), "{said}");
        said
    };
    // Not even the workspace can be made; then a part of what is to be in it can.
    assert!(limited(0).contains("manifest.json"));
    assert!(limited(40).contains("b%2Etxt"));
    assert_eq!(tupu(root, &["status", "--list"]), "current\ta.txt\n");
    assert!(tupu(root, &["query", "donations", "--format", "csv"]).contains("乙医院"));
    tupu(root, &["build", "texts"]);
    assert!(tree(&root.join("kg")) == tree(&root.join("whole")));
    // What is stored outlives a failure to replace it.
    fs::write(root.join("texts/b.txt"), "甲公司向丙医院捐赠手套。\n".repeat(1000)).unwrap();
    limited(40);
    assert!(tree(&root.join("kg")) == tree(&root.join("whole")));
    assert!(tupu(root, &["status", "texts", "--list"]).contains("changed\tb.txt"));
}
