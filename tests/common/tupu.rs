//! The program as a user runs it.

use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

/// Runs `tupu` in `folder`, which must succeed without a message, and gives its output.
pub fn tupu(folder: &Path, arguments: &[&str]) -> String {
    let done = cargo_bin_cmd!("tupu").current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success() && said.is_empty(), "{arguments:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}
