// Linked into programs with a window when they are built with the address sanitizer. Qt is built
// without frame pointers; only the slow walk finds its frames' names, which the suppressions of
// tests/suppressions/lsan.txt name.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "fast_unwind_on_malloc=0"; }
