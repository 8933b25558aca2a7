// Package mem is the one room of the engine that uses package unsafe. The rest of the engine moves values through it.
//
// It relies on these rules of the gc runtime, each named where it is used:
//
//   - R1 pointer arithmetic: an address is only ever computed by adding an offset to a pointer into the same object.
//     No uintptr is ever turned into a pointer.
//   - R2 layout: a value of a type lies in memory as package reflect describes it; an interface is two words (type or
//     itab, data), a string two, a slice three; a func value points to a code word followed by captured variables.
//   - R3 typed memory: objects are allocated through package reflect's own allocator with their exact run-time type, so
//     that the collector knows every pointer. Pointers are stored through pointer-typed stores (write barriers).
//   - R4 shapes: two func types whose parameters and results have the same memory layout, word for word, are called
//     alike (the ABI looks at layout only); two map types alike in the layout, hash and equality of key and in the
//     layout of element use each other's code; two channel types alike in the layout of their elements too.
//   - R5 push linknames: reflect.unsafe_New, reflect.typedmemmove, reflect.mapaccess, reflect.mapassign0,
//     reflect.mapdelete, runtime/pprof.runtime_getProfLabel and runtime's mapaccess2_fast64, mapassign_fast64,
//     mapaccess2_faststr and mapassign_faststr are names that the runtime exports to other modules. The last four serve what
//     the compiler has them for: keys of 64 bits without pointers, or strings, and elements of at most 128 bytes.
//   - R6 slots: an integer narrower than 64 bits is kept as 64 bits in a slot; its low bytes, at the slot's address, are
//     the value in native layout. That holds on 64-bit little-endian machines, which Supported reports.
//   - R7 stubs: a call of a func value puts its address in the closure register and jumps to its first word. A stub, code in
//     assembly, does just that for the func value with its number and touches nothing else, so it works for every
//     signature, keeps no frame that a collector or a traceback could see, and the arguments belong to the frame of the
//     func value's own code. The runtime stops no goroutine inside assembly.
//   - R8 methods: a type that package reflectx built with room for methods keeps its method table where type uncommon
//     says; entries are numbers of reflect.addReflectOff, another name that the runtime exports, for a name, a type and code.
//   - R9 builders: strings.Builder and bytes.Buffer lie in memory as Builder and Buffer say, which KnowsText reports. Writing to
//     them is appending to their slice: with room for it, bytes behind its length and a new length are all there is to it, and
//     for a Builder that was written to before, its own address in it, by which it knows that it was not copied.
//   - R10 places: a *runtime.Func whose first word is all ones is that of an inlined function and holds name, file and line;
//     a runtime.Frames gives the frames in its field of that name first. Tests see it if that changes.
//   - R11 blocks: runtime.findObject, another name that the runtime exports, tells the block of an address on the heap; one of more
//     than 512 bytes with pointers, that is not large, begins with a header of 8.
package mem
