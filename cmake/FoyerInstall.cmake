# What goes where on a system, by package: foyer, foyer-relay, foyer-tools. Read last, when all
# programs are known. CPack makes one Debian package of each component (packaging/package).
include(GNUInstallDirs)
set(FOYER_PACKAGING ${CMAKE_SOURCE_DIR}/packaging)

# Debian wants manual pages and changelogs compressed, and the same bytes for the same text (-n).
function(foyer_install_compressed file component destination name)
  set(compressed ${CMAKE_BINARY_DIR}/compressed/${component}/${name}.gz)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/compressed/${component})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  execute_process(COMMAND gzip -9nc ${file} OUTPUT_FILE ${compressed} COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${compressed} DESTINATION ${destination} COMPONENT ${component})
endfunction()
function(foyer_install_man page section component)
  foyer_install_compressed(${FOYER_PACKAGING}/man/${page}.${section} ${component}
    ${CMAKE_INSTALL_MANDIR}/man${section} ${page}.${section})
endfunction()

if(TARGET foyer)
  install(TARGETS foyer RUNTIME DESTINATION bin COMPONENT foyer)
  foyer_install_man(foyer 1 foyer)
  install(FILES ${FOYER_PACKAGING}/desktop/foyer.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT foyer)
  install(FILES ${FOYER_PACKAGING}/desktop/example.foyer.Foyer.metainfo.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT foyer)
  install(FILES ${CMAKE_SOURCE_DIR}/resources/app/app-icon.svg RENAME foyer.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT foyer)
  # The drawing that stays clear where the other one would be a blot.
  foreach(size 16 22 24)
    install(FILES ${CMAKE_SOURCE_DIR}/resources/app/app-icon-small.svg RENAME foyer.svg
      DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps COMPONENT foyer)
  endforeach()
endif()

install(TARGETS foyer-relay RUNTIME DESTINATION bin COMPONENT foyer-relay)
foyer_install_man(foyer-relay 8 foyer-relay)

install(TARGETS foyerctl foyer-lab RUNTIME DESTINATION bin COMPONENT foyer-tools)
foyer_install_man(foyerctl 1 foyer-tools)
foyer_install_man(foyer-lab 1 foyer-tools)
# foyer-lab looks for it at ../share/foyer/lab from where it stands itself.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/app/lab/laboratory/ DESTINATION share/foyer/lab COMPONENT foyer-tools
  FILES_MATCHING PATTERN "*.py" PATTERN "__pycache__" EXCLUDE)

if(FOYER_FOR_PACKAGES)
  include(FoyerPackages)
endif()
