# What `cmake --install` puts where, and what others find it by.
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/detente)

install(TARGETS detente_shared EXPORT shared)
install(TARGETS detente_static EXPORT static)
install(DIRECTORY include/detente DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(EXPORT shared FILE detenteShared.cmake NAMESPACE detente:: DESTINATION ${package})
install(EXPORT static FILE detenteStatic.cmake NAMESPACE detente:: DESTINATION ${package})
configure_package_config_file(cmake/detenteConfig.cmake.in generated/detenteConfig.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(generated/detenteConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/generated/detenteConfig.cmake ${CMAKE_BINARY_DIR}/generated/detenteConfigVersion.cmake
        DESTINATION ${package})
file(RELATIVE_PATH up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /) # so that the installed tree may be moved
configure_file(cmake/detente.pc.in generated/detente.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/generated/detente.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(DIRECTORY models DESTINATION ${CMAKE_INSTALL_DATADIR}/detente FILES_MATCHING PATTERN "*.yaml")
install(DIRECTORY packaging/cluster DESTINATION ${CMAKE_INSTALL_DATADIR}/detente)
install(FILES docs/model.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/detente OPTIONAL)
file(GLOB pages CONFIGURE_DEPENDS docs/*.md)
install(FILES LICENSE README.md CHANGELOG.md ${pages} DESTINATION ${CMAKE_INSTALL_DOCDIR})

# ---- the command, with the man pages and completions that it writes itself from its option tables ----

if(TARGET detente)
    install(TARGETS detente)
    include(Manual)
endif()
