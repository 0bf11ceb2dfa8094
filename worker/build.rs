//! Bounds the memory of the program that reads files: whatever a file was made to do, the rest of the page keeps its own.

fn main() {
    let wasm = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if wasm {
        // In bytes: 768 MiB, three times what the largest table takes that is not refused.
        println!("cargo::rustc-link-arg-bins=--max-memory=805306368");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
