# Warnings, sanitizers, ccache and the build-wide defaults. Loaded once from the top level.
find_program(FOYER_CCACHE ccache)
if(FOYER_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${FOYER_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FOYER_CCACHE})
endif()

add_library(foyer_flags INTERFACE)
target_compile_options(foyer_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wimplicit-fallthrough -Wswitch $<$<BOOL:${FOYER_WERROR}>:-Werror>)
# Designated initialisers leave the other members at their defaults on purpose.
target_compile_options(foyer_flags INTERFACE -Wno-missing-field-initializers)
target_include_directories(foyer_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(foyer_flags INTERFACE FOYER_VERSION="${PROJECT_VERSION}")

if(FOYER_SANITIZE)
  add_compile_options(-fsanitize=${FOYER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${FOYER_SANITIZE})
endif()

# Hardening costs nothing measurable here and the program parses what strangers send.
add_compile_options(-fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
