# Headers that every file reads anyway, parsed once for each set of flags: a build from nothing takes
# a third less. GCC alone: clang refuses a header that was compiled with other definitions. Not in
# the preset `dev`, so that a file which forgets an include is noticed there.
#   foyer_precompiled(TARGET std|small|qt|qml|test|replay)

# What speaks to people and to disks, and what sets calls and relays up, is seldom busy: in the packages
# it is compiled to be small. What carries sound and packets stays fast (the kind std). With the header
# that it reuses, which must agree.
function(foyer_small target kind)
  if(FOYER_FOR_PACKAGES AND kind MATCHES "^(small|qt|qml)$")
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Os>)
    # GCC 12 sees optionals read before they are written where -O2 sees that they are not.
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>)
  endif()
endfunction()

function(foyer_precompiled target kind)
  foyer_small(${target} ${kind})
  if(FOYER_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_precompile_headers(${target} REUSE_FROM foyer_pch_${kind})
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  endif()
endfunction()

# One target's own, with headers of ours that nearly all of its files read:
#   foyer_precompiled_own(TARGET HEADER ...)
function(foyer_precompiled_own target)
  foyer_small(${target} qt)
  if(FOYER_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_precompile_headers(${target} PRIVATE ${ARGN})
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  endif()
endfunction()

# Makes a kind. Call it where the targets that use it are made, so that directories' flags agree.
# GENERATED: for code that does without foyer_flags.
function(foyer_precompile kind)
  cmake_parse_arguments(ARG "GENERATED" "" "HEADERS;LIBS" ${ARGN})
  if(NOT FOYER_PCH OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/foyer_pch_${kind}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "")
  add_library(foyer_pch_${kind} OBJECT ${source})
  # Nothing of ours: whatever is defined here would have to be defined wherever the headers are used.
  target_link_libraries(foyer_pch_${kind} PRIVATE ${ARG_LIBS})
  target_precompile_headers(foyer_pch_${kind} PRIVATE ${ARG_HEADERS})
  # The one warning of foyer_flags that changes what is defined.
  if(NOT ARG_GENERATED)
    target_compile_options(foyer_pch_${kind} PRIVATE -Wpedantic)
  endif()
  target_compile_options(foyer_pch_${kind} PRIVATE -fpch-preprocess)
  foyer_small(foyer_pch_${kind} ${kind})
endfunction()

set(FOYER_STD_HEADERS <algorithm> <array> <bitset> <chrono> <cmath> <cstdint> <cstring> <deque> <functional>
  <map> <memory> <numeric> <optional> <set> <span> <string> <string_view> <tuple> <unordered_map> <utility>
  <variant> <vector>)
foyer_precompile(std HEADERS ${FOYER_STD_HEADERS})
if(FOYER_FOR_PACKAGES)
  foyer_precompile(small HEADERS ${FOYER_STD_HEADERS})
endif()
foyer_precompile(qt HEADERS ${FOYER_STD_HEADERS} <nlohmann/json.hpp> <QCoreApplication> <QJsonDocument> <QJsonObject>
  <QObject> <QString> <QStringList> <QTimer> <QVariant> LIBS Qt6::Core nlohmann_json::nlohmann_json)
if(FOYER_BUILD_APP)
  foyer_precompile(qml GENERATED HEADERS <QtQml/qqmlprivate.h> <QtQml/qqmlcomponent.h> <QtQml/qqmlcontext.h>
    <QtQml/qqmlengine.h> LIBS Qt6::Quick)
endif()
