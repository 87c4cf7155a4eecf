// A model's process that native code ends while the model is loaded, as CoreML has done.
process.on('message', () => process.abort());
