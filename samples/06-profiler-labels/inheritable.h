#pragma once

// Thread-local values that children inherit: the innermost of a thread's labels with that key counts. A label must live
// as long as its thread and the threads that inherited it.
struct label {
  const char *key;
  const char *value;
  const struct label *outer;
};

void inheritable_set(struct label *label);
const char *inheritable_get(const char *key);
