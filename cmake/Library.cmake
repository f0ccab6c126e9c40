# libdetente.a and libdetente.so from the objects of all layers.
get_property(layers GLOBAL PROPERTY DETENTE_LAYERS)
set(libraries PkgConfig::FYAML PkgConfig::UTF8PROC PkgConfig::NETTLE PkgConfig::XML2 PkgConfig::SQLITE Threads::Threads m)

set(objects)
foreach(layer IN LISTS layers)
    list(APPEND objects $<TARGET_OBJECTS:${layer}>)
endforeach()

foreach(kind IN ITEMS static shared)
    string(TOUPPER ${kind} KIND)
    add_library(detente_${kind} ${KIND} ${objects})
    add_library(detente::${kind} ALIAS detente_${kind})
    target_link_libraries(detente_${kind} PRIVATE ${libraries})
    target_include_directories(detente_${kind} INTERFACE $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include>
                                                         $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    set_target_properties(detente_${kind} PROPERTIES OUTPUT_NAME detente EXPORT_NAME ${kind} LINKER_LANGUAGE C)
endforeach()
set_target_properties(detente_shared PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
target_link_options(detente_shared PRIVATE -Wl,--as-needed)
if(DETENTE_WERROR AND NOT DETENTE_SANITIZE)
    target_link_options(detente_shared PRIVATE -Wl,-z,defs) # nothing may be missing
endif()
