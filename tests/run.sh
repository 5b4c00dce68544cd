#!/bin/sh
# From a bare Debian 12 to tested: installs what is missing (as root or with sudo), builds build/release with the newest
# LLVM, and runs every test. Arguments go to ctest: `sh tests/run.sh -R samples`.
set -eu
cd "$(dirname "$0")/.."

sh tests/install.sh test
cmake --preset release
cmake --build --preset release
ctest --preset release "$@"
