# Writes OUT, which says what SOURCE was built from; run at each build, and the file changes only
# when the answer does. FOYER_COMMIT in the environment says it where there is no clone.
set(commit "$ENV{FOYER_COMMIT}")
if(NOT commit AND EXISTS ${SOURCE}/.git)
  # A clone of its own: a folder inside somebody else's would name their commit.
  execute_process(COMMAND git --no-optional-locks -C ${SOURCE} describe --always --dirty --abbrev=12 --exclude=*
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT commit MATCHES "^[0-9a-zA-Z.+-]*$")
  set(commit "")
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT [[
#include "app/foyer/build_commit.h"

namespace foyer::app {

const char* buildCommit() { return "@commit@"; }

}  // namespace foyer::app
]] @ONLY)
