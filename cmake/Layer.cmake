# dt_layer(NAME LINKS lower layers and libraries... SOURCES files...)
#
# One layer of the library: an object target `layer_NAME` that sees src/ and include/ and links only downwards.
# tools/check_layers.py checks the includes against the same arrows.
function(dt_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS;SOURCES")
    if(NOT arg_SOURCES)
        add_library(layer_${name} INTERFACE) # nothing there yet
        return()
    endif()
    add_library(layer_${name} OBJECT ${arg_SOURCES})
    target_include_directories(layer_${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
    target_link_libraries(layer_${name} PRIVATE ${arg_LINKS})
    set_property(GLOBAL APPEND PROPERTY DETENTE_LAYERS layer_${name})
endfunction()
