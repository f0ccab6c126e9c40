# Man pages and completions, written by the command itself from its tables: built with the command, installed with it.
if(DETENTE_SANITIZE)
    return()
endif()
set(manual ${CMAKE_BINARY_DIR}/manual)
add_custom_command(
    OUTPUT ${manual}/written
    COMMAND ${CMAKE_COMMAND} -DDETENTE=$<TARGET_FILE:detente> -DFOLDER=${manual} -P ${CMAKE_SOURCE_DIR}/cmake/WriteManual.cmake
    DEPENDS detente ${CMAKE_SOURCE_DIR}/cmake/WriteManual.cmake
    COMMENT "Man pages and completions"
    VERBATIM)
add_custom_target(docs ALL DEPENDS ${manual}/written)

install(DIRECTORY ${manual}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${manual}/completion/bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME detente)
install(FILES ${manual}/completion/zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _detente)
install(FILES ${manual}/completion/fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME detente.fish)
