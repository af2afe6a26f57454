# Warnings, sanitizers, ccache and the build-wide defaults. Loaded once from the top level.
find_program(FOYER_CCACHE ccache)
if(FOYER_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${FOYER_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FOYER_CCACHE})
endif()

# The reference compiler is Debian 12's: there a warning is an error. Newer compilers find new
# things to say about old code, so elsewhere warnings are printed and the build goes on.
set(FOYER_WARNINGS_ARE_ERRORS OFF)
if(FOYER_WERROR)
  file(READ /etc/os-release FOYER_OS_RELEASE)
  if(FOYER_OS_RELEASE MATCHES "VERSION_CODENAME=bookworm")
    set(FOYER_WARNINGS_ARE_ERRORS ON)
  else()
    message(STATUS "Warnings are printed, not errors: this is not Debian 12, the reference")
  endif()
endif()

add_library(foyer_flags INTERFACE)
target_compile_options(foyer_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wimplicit-fallthrough -Wswitch $<$<BOOL:${FOYER_WARNINGS_ARE_ERRORS}>:-Werror>)
# Designated initialisers leave the other members at their defaults on purpose.
target_compile_options(foyer_flags INTERFACE -Wno-missing-field-initializers)
target_include_directories(foyer_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(foyer_flags INTERFACE FOYER_VERSION="${PROJECT_VERSION}")

if(FOYER_SANITIZE)
  add_compile_options(-fsanitize=${FOYER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${FOYER_SANITIZE})
  # GCC 12 loses track of initialisations between the sanitizers' own instructions.
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()

if(FOYER_BUILD_FUZZERS)
  # Every room reports its branches to libFuzzer; only the fuzzers themselves link its main.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Assertions name files from the root of the tree, never the folder of whoever built it.
add_compile_options(-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=)

# Some libraries ask for it, and precompiled headers for the same definitions everywhere.
add_compile_definitions(_REENTRANT)

# Hardening costs nothing measurable here and the program parses what strangers send.
add_compile_options(-fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
