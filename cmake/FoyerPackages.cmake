# The Debian packages. Read by FoyerInstall when FOYER_FOR_PACKAGES is on; packaging/package runs CPack.
set(packages foyer-relay foyer-tools)
if(TARGET foyer)
  list(PREPEND packages foyer)
endif()

# The relay as a service of the system. Not installed without packages: a configuration that somebody
# wrote would be overwritten.
install(FILES ${FOYER_PACKAGING}/foyer-relay.service DESTINATION lib/systemd/system COMPONENT foyer-relay)
install(FILES ${FOYER_PACKAGING}/foyer-relay.json DESTINATION /etc COMPONENT foyer-relay)

# What is inside the programs, so that their licences travel with them. The texts are those of the
# Debian packages that were built against.
set(bundled_foyer nlohmann-json3-dev libexpected-dev)
set(bundled_foyer-relay nlohmann-json3-dev libexpected-dev)
set(bundled_foyer-tools nlohmann-json3-dev libexpected-dev)
if(FOYER_BUNDLES_NGTCP2)
  foreach(package ${packages})
    list(APPEND bundled_${package} libngtcp2-dev)
  endforeach()
endif()
if(FOYER_BUNDLES_OPUS)
  list(APPEND bundled_foyer libopus-dev)
  list(APPEND bundled_foyer-tools libopus-dev)
endif()
# Each release has its own build, and that of the next release is the newer one.
file(STRINGS /etc/os-release version_id REGEX "^VERSION_ID=")
string(REGEX REPLACE "[^0-9]" "" version_id "${version_id}")
set(debian_release "1~deb${version_id}")
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)

foreach(package ${packages})
  set(doc ${CMAKE_INSTALL_DATADIR}/doc/${package})
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/changelog-${package} CONTENT [[
@package@ (@PROJECT_VERSION@-@debian_release@) stable; urgency=medium

  * Package of Foyer @PROJECT_VERSION@. What changed in the program is in changelog.gz.

 -- Foyer maintainers <maintainers@foyer.example>  @now@
]] @ONLY)
  foyer_install_compressed(${CMAKE_BINARY_DIR}/changelog-${package} ${package} ${doc} changelog.Debian)
  install(FILES ${FOYER_PACKAGING}/deb/copyright DESTINATION ${doc} COMPONENT ${package})
  foyer_install_compressed(${CMAKE_SOURCE_DIR}/CHANGELOG.md ${package} ${doc} changelog)
  foreach(library ${bundled_${package}})
    set(text /usr/share/doc/${library}/copyright)
    if(NOT EXISTS ${text})
      message(FATAL_ERROR "${text} is missing: a package without the licences of what it holds may not be given away")
    endif()
    install(FILES ${text} DESTINATION ${doc}/bundled RENAME ${library}.copyright COMPONENT ${package})
  endforeach()
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME foyer)
set(CPACK_PACKAGE_VENDOR "Foyer")
set(CPACK_PACKAGE_CONTACT "Foyer maintainers <maintainers@foyer.example>")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR})
# One folder of the system is named absolutely (/etc).
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${debian_release})

foreach(package ${packages})
  string(TOUPPER ${package} P)
  set(CPACK_DEBIAN_${P}_PACKAGE_NAME ${package})
endforeach()

# dpkg-shlibdeps sees what is linked. What is loaded while the program runs is said here: QML modules
# by the imports in qml/ (Templates and Window; both bring QtQuick, which on Debian 12 does not bring
# QtQml and what that loads), the database driver, and the plugin that draws SVG.
file(STRINGS /etc/os-release codename REGEX "^VERSION_CODENAME=")
if(codename MATCHES "bookworm")
  set(svg_plugin libqt6svg6)
else()
  set(svg_plugin qt6-svg-plugins)
endif()
set(CPACK_DEBIAN_FOYER_PACKAGE_DEPENDS "qml6-module-qtquick, qml6-module-qtquick-templates, qml6-module-qtquick-window, qml6-module-qtqml, qml6-module-qtqml-models, qml6-module-qtqml-workerscript, libqt6sql6-sqlite, ${svg_plugin}")
set(CPACK_DEBIAN_FOYER_PACKAGE_RECOMMENDS "fonts-inter, fonts-dejavu-core, pipewire-pulse | pulseaudio, gnome-keyring | kwalletmanager, avahi-daemon, qt6-wayland")
set(CPACK_DEBIAN_FOYER_PACKAGE_SUGGESTS "foyer-tools")
set(CPACK_DEBIAN_FOYER_PACKAGE_SECTION net)
set(CPACK_COMPONENT_FOYER_DESCRIPTION "encrypted voice calls between people
Everyone who joins the same relay stands in the same lobby; a click calls a
person there. Calls are encrypted from end to end. A relay forwards what it
cannot read, and two words on both screens show that nobody sits in between.

The program has a relay built in. The package foyer-relay runs one on a server.")

set(CPACK_DEBIAN_FOYER-RELAY_PACKAGE_RECOMMENDS "avahi-daemon")
set(CPACK_DEBIAN_FOYER-RELAY_PACKAGE_SUGGESTS "coturn")
set(CPACK_DEBIAN_FOYER-RELAY_PACKAGE_SECTION net)
set(CPACK_DEBIAN_FOYER-RELAY_PACKAGE_CONTROL_EXTRA
  "${FOYER_PACKAGING}/deb/conffiles;${FOYER_PACKAGING}/deb/postinst;${FOYER_PACKAGING}/deb/prerm;${FOYER_PACKAGING}/deb/postrm")
set(CPACK_COMPONENT_FOYER-RELAY_DESCRIPTION "relay for Foyer's encrypted voice calls
The relay lets people find and call each other. It forwards calls that it can
neither hear nor read, for those whose networks let nothing else through.

It runs as a service of the system on UDP port 4433, and needs no display, no
sound and no database.")

set(CPACK_DEBIAN_FOYER-TOOLS_PACKAGE_RECOMMENDS "python3, iproute2, nftables")
set(CPACK_DEBIAN_FOYER-TOOLS_PACKAGE_SUGGESTS "foyer, foyer-relay, coturn, miniupnpd-nftables")
set(CPACK_DEBIAN_FOYER-TOOLS_PACKAGE_SECTION net)
set(CPACK_COMPONENT_FOYER-TOOLS_DESCRIPTION "command line and simulator for Foyer's voice calls
foyerctl drives a running foyer from scripts, one JSON object a command.

foyer-lab lets whole clients call each other in virtual time over networks that
are described in a file, and runs the real programs in homes made of network
namespaces (for that it needs coturn and the recommended packages).")

include(CPack)
