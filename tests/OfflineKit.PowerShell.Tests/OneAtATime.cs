using Xunit;

// Where the engine is found is one setting of the process (EngineSource.Find), as in a shell: no two tests of this assembly may run at once.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
