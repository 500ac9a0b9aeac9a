//! The program `tupu`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tupu::cli::main().into()
}
