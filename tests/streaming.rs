//! A corpus need not fit into memory.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;

/// Documents, most of each in a field that is not read, so that the test is about memory and not about reading.
const DOCUMENTS: usize = 600;
const FILLER: usize = 1 << 20;
/// Kilobytes that the program may have, its code and word lists included: less than the corpus takes.
const MEMORY: usize = 500_000;

#[test]
fn a_corpus_larger_than_memory_is_extracted() {
    let limited = format!("ulimit -v {MEMORY} && exec \"$0\" extract --threads 2 -");
    let mut tupu = Command::new("sh")
        .args(["-c", &limited])
        .arg(cargo_bin("tupu"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = tupu.stdin.take().unwrap();
    let filler = "页".repeat(FILLER / "页".len());
    let feed = std::thread::spawn(move || {
        for n in 0..DOCUMENTS {
            let line =
                format!("{{\"id\":\"n{n}\",\"text\":\"甲公司向乙医院捐赠口罩{n}只。\",\"page\":\"{filler}\"}}\n");
            input.write_all(line.as_bytes()).unwrap();
        }
    });
    let done = tupu.wait_with_output().unwrap();
    feed.join().unwrap();
    assert!(done.status.success() && DOCUMENTS * FILLER > MEMORY * 1024);
    let lines = String::from_utf8(done.stdout).unwrap();
    assert_eq!(lines.lines().count(), DOCUMENTS);
    assert!(lines.lines().enumerate().all(|(n, line)| line.contains(&format!("捐赠口罩{n}只"))), "in order");
}
